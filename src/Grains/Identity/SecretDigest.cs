using Smcp.Wire;

namespace Smcp.Identity;

/// <summary>
/// What is kept of a secret: HMAC-SHA256 of it under a key of the installation, and that key's number.
/// </summary>
[Wire("secret-digest", 1)]
internal sealed record SecretDigest(int KeyId, ReadOnlyMemory<byte> Digest);
