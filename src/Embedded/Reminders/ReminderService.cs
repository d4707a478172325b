using Smcp.Engine;

namespace Smcp.Reminders;

/// <summary>
/// Calls grains when their reminders are due. The store holds the reminders; in memory there is one timer, for the
/// next.
/// </summary>
internal sealed class ReminderService(
    EngineServices services, IReminderStore? store, IEnumerable<GrainDirectory> directories) : IDisposable
{
    // The store may be written by another process, or the clock be set: look again at least so often.
    private static readonly TimeSpan LookPeriodMax = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private ITimer? _timer;
    private int _isInRound;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (store is null)
        {
            return;
        }

        await SkipMissedAsync(cancellationToken);
        using (ExecutionContext.SuppressFlow())
        {
            _timer = services.Time.CreateTimer(
                _ => _ = RunRoundAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        await ArmAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _timer?.Dispose();
    }

    public async ValueTask SetAsync(Reminder reminder)
    {
        await Store.SetAsync(reminder, _stopping.Token);
        await ArmAsync(_stopping.Token);
    }

    public ValueTask RemoveAsync(ReminderAddress address) => Store.RemoveAsync(address, _stopping.Token);

    private IReminderStore Store =>
        store ?? throw new InvalidOperationException("No reminder store is registered with the engine.");

    /// <summary>A tick that fell due while no engine ran is not made up for.</summary>
    private async Task SkipMissedAsync(CancellationToken cancellationToken)
    {
        while (await ReadDueAsync(cancellationToken) is { Count: > 0 } missed)
        {
            foreach (var reminder in missed)
            {
                await Store.AdvanceAsync(reminder, NextTick(reminder), cancellationToken);
            }
        }
    }

    private async Task RunRoundAsync()
    {
        if (Interlocked.Exchange(ref _isInRound, 1) != 0)
        {
            // The round that runs looks again before it ends.
            return;
        }

        try
        {
            while (await ReadDueAsync(_stopping.Token) is { Count: > 0 } due)
            {
                await Task.WhenAll(due.Select(TickAsync));
            }

            Volatile.Write(ref _isInRound, 0);
            await ArmAsync(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The engine stops.
        }
        catch (Exception exception)
        {
            services.LogReminderRoundFailed(exception);
            Volatile.Write(ref _isInRound, 0);
            _timer?.Change(LookPeriodMax, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Moved on before the call: a reminder is lost by a crash rather than called twice.</summary>
    private async Task TickAsync(Reminder reminder)
    {
        if (!await Store.AdvanceAsync(reminder, NextTick(reminder), _stopping.Token))
        {
            return;
        }

        var address = reminder.Address;
        if (directories.FirstOrDefault(directory => directory.GrainType == address.GrainType) is not { } directory)
        {
            services.LogReminderWithoutGrain(address.GrainType, address.GrainKey, address.Name);
            return;
        }

        try
        {
            var call = new ReminderCall(address.Name);
            directory.Launch(call, address.GrainKey, isInner: false, _stopping.Token);
            await call.Completion;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            services.LogReminderFaulted(address.GrainType, address.GrainKey, address.Name, exception);
        }
    }

    private ValueTask<IReadOnlyList<Reminder>> ReadDueAsync(CancellationToken cancellationToken) =>
        Store.ReadDueAsync(services.Time.GetUtcNow(), services.Options.RemindersAtOnceMax, cancellationToken);

    private DateTimeOffset NextTick(Reminder reminder)
    {
        var late = services.Time.GetUtcNow() - reminder.DueAt;
        return reminder.DueAt + (reminder.Period * (Math.Floor(late / reminder.Period) + 1));
    }

    private async Task ArmAsync(CancellationToken cancellationToken)
    {
        if (await Store.NextDueAsync(cancellationToken) is not { } next)
        {
            return;
        }

        var wait = next - services.Time.GetUtcNow();
        _timer?.Change(
            TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LookPeriodMax.Ticks)), Timeout.InfiniteTimeSpan);
    }
}
