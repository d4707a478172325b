namespace Smcp.Tenants;

/// <summary>One tier's quotas, as the configuration sets them.</summary>
internal sealed class TierLimits
{
    public long? RequestsPerMinute { get; set; }

    public long? SessionRequestsPerMinute { get; set; }

    public long? PrincipalRequestsPerMinute { get; set; }

    public long? Sessions { get; set; }

    public long? Streams { get; set; }

    public long? Concurrency { get; set; }

    public long? StorageBytes { get; set; }

    public long? EgressBytesPerDay { get; set; }

    public long? CpuSecondsPerDay { get; set; }
}
