using Smcp.Wire;

namespace Smcp.Quotas;

/// <summary>What a tenant's servers took in a day.</summary>
[Wire("cpu-standing", 1)]
public sealed record CpuStanding
{
    /// <summary>When the day began (UTC).</summary>
    public DateTimeOffset Day { get; init; }

    /// <summary>Processor time in microseconds.</summary>
    public long Microseconds { get; init; }

    /// <summary>What they may take in the day; null: no limit.</summary>
    public long? MicrosecondsMax { get; init; }
}
