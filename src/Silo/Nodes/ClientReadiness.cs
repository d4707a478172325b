using Smcp.Engine;
using Smcp.Health;

namespace Smcp.Nodes;

/// <summary>A gateway apart from the silos is ready while it is connected to one.</summary>
internal sealed class ClientReadiness(LostGateways gateways) : IReadiness
{
    public string? Problem => gateways.Connected > 0 ? null : "not connected";
}
