using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Network.Egress.Proxying;

/// <summary>Whose connections a proxy makes, and where to they may go: <c>ServerSettings.Egress</c>.</summary>
internal sealed record EgressOwner(TenantId Tenant, ServerId Server, IReadOnlyList<string> Rules)
{
    /// <summary>
    /// Whether an operator wrote the rules, no tenant, and allowed their places to be at internal addresses.
    /// </summary>
    public bool MayBeInternal { get; init; }
}
