using Smcp.Identity;

namespace Smcp.OAuth.AccessTokens;

/// <summary>What a token is shown for, and when.</summary>
/// <param name="Issuer">Our issuer.</param>
/// <param name="Resource">The audience that it must have.</param>
/// <param name="Tenant">The tenant of the route; null where the token says which.</param>
/// <param name="Now">The time.</param>
/// <param name="Skew">How far its issuer's clock may be from this one.</param>
internal sealed record AccessTokenTerms(
    string Issuer, string Resource, TenantId? Tenant, DateTimeOffset Now, TimeSpan Skew);
