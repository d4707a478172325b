using Smcp.Engine;

namespace Smcp.Identity.OAuth;

/// <summary>
/// An authorization request that waits for a user who is logged in to consent; key: <see cref="AuthorizationKey"/>. It
/// is bound to the browser it came from, answers once, and is gone after 10 minutes.
/// </summary>
[Grain("oauth-authorization")]
public interface IAuthorizationGrain
{
    /// <summary>
    /// From a gateway: begins to wait, for the browser that holds the secret of this name's cookie. Durable before it
    /// returns.
    /// </summary>
    ValueTask BeginAsync(AuthorizationRequest request, string browser, CancellationToken cancellationToken);

    /// <summary>
    /// From a gateway: the request; null for another browser, and once it was answered or is too old.
    /// </summary>
    ValueTask<AuthorizationRequest?> ReadAsync(string browser, CancellationToken cancellationToken);

    /// <summary>
    /// From a gateway that is about to answer it: the request, which is gone when this returns. Of two that come at
    /// once, one gets it.
    /// </summary>
    ValueTask<AuthorizationRequest?> TakeAsync(string browser, CancellationToken cancellationToken);
}
