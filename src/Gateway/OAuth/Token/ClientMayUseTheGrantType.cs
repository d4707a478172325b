using Microsoft.AspNetCore.Http;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Token;

/// <summary>
/// The client is registered for the grant type. Only a confidential client of a tenant acts for itself; a document says
/// for itself what it uses when somebody consents.
/// </summary>
internal sealed class ClientMayUseTheGrantType : IOAuthRule<TokenExchange>
{
    private static readonly OAuthError Refused = new(
        StatusCodes.Status400BadRequest,
        OAuthErrorCodes.UnauthorizedClient,
        "The client is not registered for this grant type.");

    public ValueTask<OAuthError?> CheckAsync(TokenExchange exchange, CancellationToken cancellationToken) =>
        new(IsRegistered(exchange.Registration, exchange.GrantType) ? null : Refused);

    private static bool IsRegistered(OAuthClient? client, string grantType) =>
        grantType == GrantTypes.ClientCredentials
            ? client is { Tenant: not null, Authentication: not ClientAuthentication.None }
                && client.GrantTypes.Contains(grantType)
            : client is null || client.GrantTypes.Contains(grantType);
}
