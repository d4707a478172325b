using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>A user as stored.</summary>
[Wire("user", 2)]
internal sealed record UserState
{
    /// <summary>Without roles and status of their own: the fields below.</summary>
    public UserSummary? Summary { get; init; }

    public PasswordHash? Password { get; init; }

    public InvitationRow? Invitation { get; init; }

    /// <summary>Counts the times that all browser sessions were ended.</summary>
    public long Epoch { get; init; }

    /// <summary>Browsers that they logged in with, the latest first.</summary>
    public IReadOnlyList<DeviceRow> Devices { get; init; } = [];
}
