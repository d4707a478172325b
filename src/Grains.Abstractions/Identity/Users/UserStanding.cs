using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>What a user is now: what anything that was granted in their name is worth.</summary>
[Wire("user-standing", 1)]
public sealed record UserStanding
{
    public required UserId Id { get; init; }

    public UserStatus Status { get; init; }

    /// <summary>What to call them on a page.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The names of their roles.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>What those permit in the tenant as it is configured now: each the text of a permission.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Browser sessions that began under a lower number are over.</summary>
    public long Epoch { get; init; }
}
