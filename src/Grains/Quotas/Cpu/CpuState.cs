using Smcp.Wire;

namespace Smcp.Quotas.Cpu;

/// <summary>What a tenant's servers took of processors in the last day in which they took anything.</summary>
[Wire("cpu-state", 1)]
internal sealed record CpuState : IDaySum<CpuState>
{
    /// <summary>When the day began (UTC).</summary>
    public DateTimeOffset Day { get; init; }

    public long Microseconds { get; init; }

    long IDaySum<CpuState>.Amount => Microseconds;

    static CpuState IDaySum<CpuState>.Of(DateTimeOffset day, long amount) =>
        new() { Day = day, Microseconds = amount };
}
