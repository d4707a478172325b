namespace Smcp.Tenants;

/// <summary>
/// The quotas of the tiers. Each is a table of the quotas of a tenant's configuration; one that is not set is no limit.
/// </summary>
internal sealed class TierOptions
{
    /// <summary>Of <c>free</c>.</summary>
    public TierLimits Free { get; } = new()
    {
        RequestsPerMinute = 600,
        SessionRequestsPerMinute = 120,
        PrincipalRequestsPerMinute = 120,
        Sessions = 100,
        Streams = 100,
        Concurrency = 20,
        StorageBytes = 100L * 1024 * 1024,
        EgressBytesPerDay = 100L * 1024 * 1024,
        CpuSecondsPerDay = 600,
    };

    /// <summary>Of <c>standard</c>.</summary>
    public TierLimits Standard { get; } = new()
    {
        RequestsPerMinute = 60_000,
        SessionRequestsPerMinute = 6_000,
        PrincipalRequestsPerMinute = 12_000,
        Sessions = 10_000,
        Streams = 10_000,
        Concurrency = 1_000,
        StorageBytes = 10L * 1024 * 1024 * 1024,
        EgressBytesPerDay = 10L * 1024 * 1024 * 1024,
        CpuSecondsPerDay = 36_000,
    };

    /// <summary>Of <c>enterprise</c>.</summary>
    public TierLimits Enterprise { get; } = new() { Sessions = 1_000_000 };
}
