using Smcp.Identity;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// An authorization request of which every rule holds, and the client that made it as it is now. It stands nowhere but
/// in the browser's hands until somebody is logged in: whoever only asks leaves nothing behind.
/// </summary>
/// <param name="Name">What it is brought back by: the query that it came with, or the key it waits under.</param>
/// <param name="Request">What is asked for.</param>
/// <param name="Client">Who asks.</param>
internal record AskedRequest(string Name, AuthorizationRequest Request, OAuthClient Client)
{
    /// <summary>
    /// The tenant, where it is known before anybody logs in: the resource's, or the only one of the client.
    /// </summary>
    public TenantId? Tenant => Request.Tenant ?? Client.Tenant;

    /// <summary>Where the answer goes: a host, or an app of this machine.</summary>
    public RedirectTarget Target { get; } = RedirectTarget.Of(Request.RedirectUri);

    /// <summary>Where a browser goes on with the request of this name.</summary>
    public static string ContinuationOf(string name) => AuthorizationKey.TryRead(name, out var key)
        ? $"{ContinuePage.Location}?{AuthorizeDesk.RequestField}={key.Id}"
        : $"{AuthorizePage.Location}?{AuthorizeQuery.Written(name)}";
}
