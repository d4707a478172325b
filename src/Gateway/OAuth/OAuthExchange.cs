using Microsoft.AspNetCore.Http;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth;

/// <summary>A request of a client with a form, and what the rules learned of it.</summary>
internal class OAuthExchange(HttpContext http)
{
    public HttpContext Http { get; } = http;

    public OAuthForm Form { get; set; } = OAuthForm.Empty;

    /// <summary>The client, authenticated as it is registered to.</summary>
    public ClientId Client { get; set; }

    /// <summary>What it is; null for a document, of which the token endpoint needs to know nothing.</summary>
    public OAuthClient? Registration { get; set; }
}
