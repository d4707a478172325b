using Smcp.Wire;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>The grants of a user, the oldest first; some may be over.</summary>
[Wire("user-grants-state", 2)]
internal sealed record UserGrantsState
{
    /// <summary>As version 1 listed them, without their clients: read, and never written.</summary>
    public IReadOnlyList<GrantId> Grants { get; init; } = [];

    public IReadOnlyList<UserGrantRow> Rows { get; init; } = [];
}
