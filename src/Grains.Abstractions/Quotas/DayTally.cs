namespace Smcp.Quotas;

/// <summary>
/// What one tenant used of a day's quota, as this process knows it: what all processes had used when it last reported,
/// and what was used here since. Any thread; to count costs one addition.
/// </summary>
/// <param name="report">
/// Takes a report to the grain that sums, and says what all used; null where nobody answered: it may have been taken.
/// </param>
/// <param name="time">Where days begin (UTC).</param>
public sealed class DayTally(Func<DayReport, ValueTask<DayStanding?>> report, TimeProvider time)
{
    private DayStanding? _known;
    private DayReport? _report;
    private Task? _asking;
    private long _unsaid;
    private long _number;
    private long _max = long.MaxValue;

    /// <summary>Whether there is something to report.</summary>
    public bool IsWaiting => Volatile.Read(ref _unsaid) > 0 || Volatile.Read(ref _report) is not null;

    /// <summary>Whether the quota, as it was last asked about, is used up: for what goes on already.</summary>
    public bool IsOver => WaitOf(Volatile.Read(ref _max)) is not null;

    public void Add(long amount) => Interlocked.Add(ref _unsaid, amount);

    /// <summary>
    /// Null while there is room, else when the next day begins. Waits only where nothing is known yet.
    /// </summary>
    public ValueTask<TimeSpan?> CheckAsync(long max)
    {
        Volatile.Write(ref _max, max);
        return Volatile.Read(ref _known) is not null ? new(WaitOf(max)) : AskThenCheckAsync(max);
    }

    /// <summary>
    /// Says what was used, and asks where nothing was. One at a time; a report whose fate is unknown goes again under
    /// its number.
    /// </summary>
    public async Task ReportAsync()
    {
        if (_report is null)
        {
            var amount = Interlocked.Exchange(ref _unsaid, 0);
            Volatile.Write(ref _report, amount == 0 ? null : new DayReport(++_number, amount));
        }

        if (await report(_report ?? new DayReport(0, 0)) is { } standing)
        {
            Volatile.Write(ref _known, standing);
            Volatile.Write(ref _report, null);
        }
    }

    private async ValueTask<TimeSpan?> AskThenCheckAsync(long max)
    {
        await (Volatile.Read(ref _asking) ?? AskingAsync());
        return WaitOf(max);
    }

    /// <summary>Those who come at the same time ask together; twice does no harm.</summary>
    private Task AskingAsync()
    {
        var asking = AskAsync();
        Volatile.Write(ref _asking, asking.IsCompleted ? null : asking);
        return asking;
    }

    private async Task AskAsync()
    {
        var standing = await report(new DayReport(0, 0));

        // Without an answer this process goes by what is used here, until it reports.
        Interlocked.CompareExchange(ref _known, standing ?? new DayStanding(default, 0), null);
        Volatile.Write(ref _asking, null);
    }

    private TimeSpan? WaitOf(long max)
    {
        var now = time.GetUtcNow();
        var known = Volatile.Read(ref _known);
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var amount = known is not null && known.Day >= today ? known.Amount : 0;
        return amount + (Volatile.Read(ref _report)?.Amount ?? 0) + Volatile.Read(ref _unsaid) < max
            ? null
            : today.AddDays(1) - now;
    }
}
