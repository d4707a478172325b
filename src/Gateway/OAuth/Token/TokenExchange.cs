using Microsoft.AspNetCore.Http;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Token;

/// <summary>A request to the token endpoint, and what its rules learned.</summary>
internal sealed class TokenExchange(HttpContext http) : OAuthExchange(http)
{
    public string GrantType { get; set; } = string.Empty;

    /// <summary>What the token is asked for; null: what the grant is for.</summary>
    public ResourceUri? Resource { get; set; }

    /// <summary>The scopes asked for; null: those of the grant.</summary>
    public IReadOnlyList<string>? Scopes { get; set; }

    /// <summary>What the last rule got.</summary>
    public IssuedTokens? Tokens { get; set; }
}
