using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>A browser that a user logged in with.</summary>
[Wire("user-device-row", 2)]
internal sealed record DeviceRow
{
    /// <summary>Of its secret.</summary>
    public required SecretDigest Hash { get; init; }

    public required DateTimeOffset SeenAt { get; init; }
}
