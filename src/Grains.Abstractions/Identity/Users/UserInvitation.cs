using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>Whom an administrator invites.</summary>
[Wire("user-invitation", 1)]
public sealed record UserInvitation
{
    public required LoginName LoginName { get; init; }

    /// <summary>What people call them; at most 100 characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Each a role of the tenant, and none that permits more than the caller may do.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
