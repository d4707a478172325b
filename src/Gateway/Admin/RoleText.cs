using Smcp.Identity;

namespace Smcp.Admin;

/// <summary>What a role is to be; its name stands in the path.</summary>
internal sealed record RoleText
{
    public required IReadOnlyList<Permission> Permissions { get; init; }

    /// <summary>One line for people.</summary>
    public string? Description { get; init; }
}
