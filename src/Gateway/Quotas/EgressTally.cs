using Smcp.Identity;

namespace Smcp.Quotas;

/// <summary>
/// What left for one tenant, as this gateway knows it: what all gateways had sent when it last reported, and what it
/// sent since. Any thread; to count costs one addition.
/// </summary>
internal sealed class EgressTally(TenantId tenant, EgressSource source)
{
    private EgressStanding? _known;
    private EgressReport? _report;
    private Task? _asking;
    private long _unsaid;
    private long _number;
    private long _max = long.MaxValue;

    /// <summary>Whether there is something to report.</summary>
    public bool IsWaiting => Volatile.Read(ref _unsaid) > 0 || Volatile.Read(ref _report) is not null;

    /// <summary>Whether the quota, as it was last asked about, is used up: for streams that are open.</summary>
    public bool IsOver => WaitOf(Volatile.Read(ref _max)) is not null;

    public void Add(long bytes) => Interlocked.Add(ref _unsaid, bytes);

    /// <summary>
    /// Null while there is room, else when the next day begins. Waits only where nothing is known yet.
    /// </summary>
    public ValueTask<TimeSpan?> CheckAsync(long max)
    {
        Volatile.Write(ref _max, max);
        return Volatile.Read(ref _known) is not null ? new(WaitOf(max)) : AskThenCheckAsync(max);
    }

    /// <summary>
    /// Says what was sent. One report at a time; one whose fate is unknown goes again under its number.
    /// </summary>
    public async Task ReportAsync()
    {
        if (_report is null)
        {
            var bytes = Interlocked.Exchange(ref _unsaid, 0);
            Volatile.Write(ref _report, bytes == 0 ? null : source.Make(++_number, bytes));
        }

        if (_report is { } report && await source.ReportAsync(tenant, report) is { } standing)
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
        var standing = await source.ReportAsync(tenant, source.Make(0, 0));

        // Without an answer this gateway goes by what it sends itself, until it reports.
        Interlocked.CompareExchange(ref _known, standing ?? new EgressStanding(), null);
        Volatile.Write(ref _asking, null);
    }

    private TimeSpan? WaitOf(long max)
    {
        var now = source.Time.GetUtcNow();
        var known = Volatile.Read(ref _known);
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var bytes = known is not null && known.Day >= today ? known.Bytes : 0;
        return bytes + (Volatile.Read(ref _report)?.Bytes ?? 0) + Volatile.Read(ref _unsaid) < max
            ? null
            : today.AddDays(1) - now;
    }
}
