using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>A user, as administrators see them. Never a secret.</summary>
[Wire("user-summary", 1)]
public sealed record UserSummary
{
    public required UserId Id { get; init; }

    public required LoginName LoginName { get; init; }

    /// <summary>What people call them; at most 100 characters.</summary>
    public string? DisplayName { get; init; }

    public UserStatus Status { get; init; }

    /// <summary>The names of their roles; one that the tenant does not have grants nothing.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whether the tenant's own provider logs them in.</summary>
    public bool IsFederated { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastLoginAt { get; init; }
}
