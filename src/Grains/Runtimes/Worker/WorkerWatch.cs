namespace Smcp.Runtimes.Worker;

/// <summary>
/// Finds what a process does that it may not. workerd itself ends no call: an endless loop holds all of the process, so
/// only its end helps.
/// </summary>
internal static class WorkerWatch
{
    /// <summary>The limit that it is over, or null.</summary>
    public static async Task<WorkerLimit?> FindAsync(
        WorkerProcess process, WorkerLimits limits, WorkerRuntimeOptions options, TimeProvider time)
    {
        var calls = process.Calls;
        if (calls.Count == 0)
        {
            // Who only listens to it holds nothing up: what it could tell comes of calls.
            return process.HasManyObjects ? WorkerLimit.DurableObjects
                : time.GetElapsedTime(process.RestsSince) >= options.IdleTimeout ? WorkerLimit.Idle : null;
        }

        if (calls.Any(call => time.GetElapsedTime(call.Began) >= limits.CallTime))
        {
            return WorkerLimit.CallTime;
        }

        if (await process.MeasureAsync(CancellationToken.None) is not { } usage)
        {
            return null;
        }

        foreach (var call in calls)
        {
            call.CpuBefore ??= usage.Cpu;
        }

        return calls.Any(call => usage.Cpu - call.CpuBefore >= limits.CpuTime) ? WorkerLimit.CpuTime : null;
    }
}
