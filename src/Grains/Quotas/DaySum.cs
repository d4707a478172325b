using Smcp.Engine;

namespace Smcp.Quotas;

/// <summary>Sums what processes say they used of a day's quota; a new day (UTC) begins with nothing.</summary>
internal sealed class DaySum<TState>(IGrainState<TState> state, TimeProvider time, int sourcesMax)
    where TState : class, IDaySum<TState>, new()
{
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);

    /// <summary>The day that is counted. A clock that is set back begins no day again.</summary>
    public TState Today
    {
        get
        {
            var day = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
            return day > state.Value.Day ? TState.Of(day, 0) : state.Value;
        }
    }

    /// <summary>
    /// Adds what a process reports, durably; a report that comes again is counted once, as long as this lives.
    /// </summary>
    public async ValueTask AddAsync(string source, long number, long amount, CancellationToken cancellationToken)
    {
        if (amount <= 0 || number <= _numbers.GetValueOrDefault(source))
        {
            return;
        }

        var (before, today) = (state.Value, Today);
        state.Value = TState.Of(today.Day, today.Amount + amount);
        try
        {
            await state.WriteAsync(cancellationToken);
        }
        catch
        {
            // It comes again: what did not become durable must not count twice.
            state.Value = before;
            throw;
        }

        if (_numbers.Count >= sourcesMax)
        {
            _numbers.Clear();
        }

        _numbers[source] = number;
    }
}
