using Smcp.Identity;

namespace Smcp.Auth;

/// <summary>What a credential is shown for.</summary>
/// <param name="Resource">The canonical URI of what is asked for: the audience that a token must have.</param>
/// <param name="Tenant">The tenant of the route; null where the credential says which.</param>
internal readonly record struct CredentialUse(string Resource, TenantId? Tenant);
