using System.Text.Json.Serialization;
using Smcp.Wire;

namespace Smcp.Identity;

/// <summary>What is kept of a secret: never what it would take to show it.</summary>
/// <param name="KeyId">
/// The number of the installation's key under which it was made. Null: it is a plain SHA-256, of a row from before such
/// digests were keyed too; it is read until its secret is replaced, and none is made.
/// </param>
/// <param name="Digest">HMAC-SHA256 of the secret under that key.</param>
[Wire("secret-digest", 1)]
[JsonConverter(typeof(SecretDigestConverter))]
internal sealed record SecretDigest(int? KeyId, ReadOnlyMemory<byte> Digest);
