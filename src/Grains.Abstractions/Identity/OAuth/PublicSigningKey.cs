using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>A public key of P-256 (RFC 7518 section 6.2.1).</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="X">32 bytes.</param>
/// <param name="Y">32 bytes.</param>
[Wire("public-signing-key", 1)]
public sealed record PublicSigningKey(string Id, ReadOnlyMemory<byte> X, ReadOnlyMemory<byte> Y);
