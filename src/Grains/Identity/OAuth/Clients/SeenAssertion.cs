using Smcp.Wire;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>An assertion that a client used, until it ends by itself.</summary>
/// <param name="Digest">SHA-256 of its <c>jti</c>.</param>
/// <param name="EndsAt">From when on it would not be taken anyway.</param>
[Wire("oauth-seen-assertion", 1)]
internal sealed record SeenAssertion(ReadOnlyMemory<byte> Digest, DateTimeOffset EndsAt);
