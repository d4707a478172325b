using Smcp.Wire;

namespace Smcp.Identity;

/// <summary>A role: a name, and what it permits.</summary>
[Wire("role-definition", 1)]
public sealed record RoleDefinition
{
    /// <summary>Unique in its tenant. Lower-case label, 1 to 63 characters.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<Permission> Permissions { get; init; }

    /// <summary>One line for people.</summary>
    public string? Description { get; init; }
}
