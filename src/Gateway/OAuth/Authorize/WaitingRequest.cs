using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Authorize;

/// <summary>An authorization request that waits for the user who is logged in: it is answered once.</summary>
internal sealed record WaitingRequest(AuthorizationKey Key, AuthorizationRequest Request, OAuthClient Client)
    : AskedRequest(Key.Id, Request, Client);
