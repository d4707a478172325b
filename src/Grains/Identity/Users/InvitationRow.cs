using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>An invitation that waits to be accepted.</summary>
[Wire("user-invitation-row", 1)]
internal sealed record InvitationRow
{
    /// <summary>SHA-256 of its secret, which has 256 bits.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
