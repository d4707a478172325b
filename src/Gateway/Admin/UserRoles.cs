namespace Smcp.Admin;

/// <summary>The roles of a user.</summary>
internal sealed record UserRoles
{
    public required IReadOnlyList<string> Roles { get; init; }
}
