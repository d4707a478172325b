using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>Where a user is in their life.</summary>
[Wire("user-status", 1)]
public enum UserStatus
{
    /// <summary>There is no such user.</summary>
    None = 0,

    /// <summary>Invited, and has no password yet.</summary>
    Invited = 1,

    /// <summary>May log in.</summary>
    Active = 2,

    /// <summary>May not log in, and nothing that was granted in their name is served.</summary>
    Disabled = 3,
}
