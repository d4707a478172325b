using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>A browser that a user logged in with.</summary>
[Wire("user-device-row", 1)]
internal sealed record DeviceRow
{
    /// <summary>SHA-256 of its secret, which has 256 bits.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    public required DateTimeOffset SeenAt { get; init; }
}
