using Smcp.Wire;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>The ids of a tenant's clients, in their order.</summary>
[Wire("oauth-clients-state", 1)]
internal sealed record ClientsState
{
    public IReadOnlyList<ClientId> Clients { get; init; } = [];
}
