using Smcp.Health;

namespace Smcp.Nodes;

/// <summary>A silo is ready while it is a member of its cluster.</summary>
internal sealed class SiloReadiness(ISiloStatusOracle silos) : IReadiness
{
    public string? Problem => silos.CurrentStatus == SiloStatus.Active ? null : "not a member";
}
