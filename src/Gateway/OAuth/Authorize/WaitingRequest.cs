using Smcp.Identity;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Authorize;

/// <summary>An authorization request that waits, and the client that made it as it is now.</summary>
internal sealed record WaitingRequest(AuthorizationKey Key, AuthorizationRequest Request, OAuthClient Client)
{
    /// <summary>
    /// The tenant, where it is known before anybody logs in: the resource's, or the only one of the client.
    /// </summary>
    public TenantId? Tenant => Request.Tenant ?? Client.Tenant;

    /// <summary>Where the answer goes: a host, or an app of this machine.</summary>
    public RedirectTarget Target { get; } = RedirectTarget.Of(Request.RedirectUri);
}
