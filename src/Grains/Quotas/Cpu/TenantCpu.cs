namespace Smcp.Quotas.Cpu;

/// <summary>What one tenant's servers take on this node. Any thread.</summary>
internal sealed class TenantCpu : IDisposable
{
    private readonly DayTally _tally;

    // Takes a report to the grain that sums; null where it did not answer.
    private readonly Func<DayReport, ValueTask<CpuStanding?>> _send;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _reporting = new(1, 1);
    private long _max = long.MaxValue;
    private long _saidAt;

    public TenantCpu(Func<DayReport, ValueTask<CpuStanding?>> send, TimeProvider time)
    {
        _send = send;
        _time = time;
        _tally = new DayTally(SayAsync, time);
    }

    /// <summary>Whether there is something to report.</summary>
    public bool IsWaiting => _tally.IsWaiting;

    public void Add(TimeSpan used) => _tally.Add((long)used.TotalMicroseconds);

    /// <summary>
    /// Null while there is room, else when the next day begins; then it asks anew, at most once in a while, as the
    /// quota may have been raised.
    /// </summary>
    public async ValueTask<TimeSpan?> CheckAsync(TimeSpan heldFor)
    {
        // The first question says what the quota is: only then can be told whether it is used up.
        await _tally.CheckAsync(Volatile.Read(ref _max));
        var wait = await _tally.CheckAsync(Volatile.Read(ref _max));
        if (wait is null || _time.GetElapsedTime(Volatile.Read(ref _saidAt)) < heldFor)
        {
            return wait;
        }

        await ReportAsync();
        return await _tally.CheckAsync(Volatile.Read(ref _max));
    }

    public async Task ReportAsync()
    {
        await _reporting.WaitAsync();
        try
        {
            await _tally.ReportAsync();
        }
        finally
        {
            _reporting.Release();
        }
    }

    public void Dispose() => _reporting.Dispose();

    private async ValueTask<DayStanding?> SayAsync(DayReport report)
    {
        if (await _send(report) is not { } standing)
        {
            return null;
        }

        Volatile.Write(ref _max, standing.MicrosecondsMax ?? long.MaxValue);
        Volatile.Write(ref _saidAt, _time.GetTimestamp());
        return new DayStanding(standing.Day, standing.Microseconds);
    }
}
