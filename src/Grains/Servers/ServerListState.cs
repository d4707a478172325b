using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>
/// What was deployed for a tenant. An id stands here before its server does, and until after: so that none is ever
/// missing.
/// </summary>
[Wire("server-list-state", 1)]
internal sealed record ServerListState
{
    public IReadOnlyList<ServerId> Servers { get; init; } = [];
}
