using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Authorize;

/// <summary>Who gets the answer, as far as a redirect URI tells.</summary>
/// <param name="Host">For people: the host (with a port that is not the usual one), or an app's own scheme.</param>
/// <param name="IsLocal">
/// Whether any program on the user's machine could be there: loopback, or an app's scheme.
/// </param>
internal sealed record RedirectTarget(string Host, bool IsLocal)
{
    public static RedirectTarget Of(string redirectUri)
    {
        var uri = new Uri(redirectUri);
        return uri.Scheme is not ("http" or "https") ? new RedirectTarget($"{uri.Scheme}:", IsLocal: true)
            : RedirectUris.IsLoopback(uri) ? new RedirectTarget(uri.Host, IsLocal: true)
            : new RedirectTarget(uri.Authority, IsLocal: false);
    }
}
