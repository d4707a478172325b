using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>What a tenant may use. Null: what its tier says.</summary>
[Wire("tenant-quotas", 1)]
public sealed record TenantQuotas
{
    /// <summary>Requests a minute, over all its principals.</summary>
    public long? RequestsPerMinute { get; init; }

    /// <summary>Requests a minute of one session.</summary>
    public long? SessionRequestsPerMinute { get; init; }

    /// <summary>Requests a minute of one principal.</summary>
    public long? PrincipalRequestsPerMinute { get; init; }

    /// <summary>Sessions at one time.</summary>
    public long? Sessions { get; init; }

    /// <summary>Streams open at one time.</summary>
    public long? Streams { get; init; }

    /// <summary>Requests in work at one time.</summary>
    public long? Concurrency { get; init; }

    /// <summary>Bytes stored by its servers.</summary>
    public long? StorageBytes { get; init; }

    /// <summary>Bytes a day (UTC) of answers and events to its clients.</summary>
    public long? EgressBytesPerDay { get; init; }

    /// <summary>Seconds of CPU time a day of its servers.</summary>
    public long? CpuSecondsPerDay { get; init; }
}
