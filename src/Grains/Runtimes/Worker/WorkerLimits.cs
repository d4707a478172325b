using Smcp.Servers;

namespace Smcp.Runtimes.Worker;

/// <summary>What one process of a worker may take: what its tenant says, never more than the options allow.</summary>
internal sealed record WorkerLimits(long MemoryBytes, TimeSpan CpuTime, TimeSpan CallTime, int Subrequests)
{
    private const long Mebibyte = 1 << 20;

    /// <summary>What workerd itself takes beside its worker's heap.</summary>
    private const long OwnMebibytes = 64;

    private const long HeapMebibytesMin = 16;

    /// <summary>MiB of V8's heap.</summary>
    public int HeapMebibytes => (int)Math.Max(HeapMebibytesMin, (MemoryBytes / Mebibyte) - OwnMebibytes);

    public static WorkerLimits Of(ServerSettings settings, WorkerRuntimeOptions options) => new(
        Math.Min(settings.Limits.MemoryBytes ?? long.MaxValue, options.MemoryBytesMax),
        Least(settings.Worker?.CpuTime, options.CpuTimeMax),
        Least(settings.Limits.CallTime, options.CallTimeMax),
        Math.Min(settings.Worker?.Subrequests ?? int.MaxValue, options.SubrequestsMax));

    private static TimeSpan Least(TimeSpan? asked, TimeSpan allowed) => asked < allowed ? asked.Value : allowed;
}
