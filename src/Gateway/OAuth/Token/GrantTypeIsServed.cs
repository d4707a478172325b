using Microsoft.AspNetCore.Http;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Token;

/// <summary>The grant type is one of ours; there are no passwords here (RFC 9700 section 2.4).</summary>
internal sealed class GrantTypeIsServed : IOAuthRule<TokenExchange>
{
    private static readonly OAuthError Missing = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidRequest, "grant_type is missing.");

    private static readonly OAuthError Unknown = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.UnsupportedGrantType, "The grant type is not served.");

    public ValueTask<OAuthError?> CheckAsync(TokenExchange exchange, CancellationToken cancellationToken)
    {
        var type = exchange.Form["grant_type"];
        exchange.GrantType = type ?? string.Empty;
        return new(type switch
        {
            null => Missing,
            GrantTypes.AuthorizationCode or GrantTypes.RefreshToken or GrantTypes.ClientCredentials => null,
            _ => Unknown,
        });
    }
}
