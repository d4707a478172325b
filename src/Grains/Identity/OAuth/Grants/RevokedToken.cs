using Smcp.Wire;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>An access token that its client gave back before its time.</summary>
[Wire("oauth-revoked-token", 1)]
internal sealed record RevokedToken(string Id, DateTimeOffset ExpiresAt);
