using Smcp.Wire;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>The grants of a user, the oldest first; some may be over.</summary>
[Wire("user-grants-state", 1)]
internal sealed record UserGrantsState
{
    public IReadOnlyList<GrantId> Grants { get; init; } = [];
}
