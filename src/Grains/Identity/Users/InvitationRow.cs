using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>An invitation that waits to be accepted.</summary>
[Wire("user-invitation-row", 2)]
internal sealed record InvitationRow
{
    /// <summary>Of its secret.</summary>
    public required SecretDigest Hash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
