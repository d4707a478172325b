using Microsoft.AspNetCore.Http;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Token;

/// <summary>
/// The resource, if one is named, is one that tokens may be for (RFC 8707 section 2.2). Whether it is the grant's, the
/// grant says. A client that acts for itself must name one, of its own tenant.
/// </summary>
internal sealed class ResourceIsOurs(CanonicalUrls urls) : IOAuthRule<TokenExchange>
{
    private static readonly OAuthError Refused = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidTarget, "The resource is not one that is served.");

    public ValueTask<OAuthError?> CheckAsync(TokenExchange exchange, CancellationToken cancellationToken)
    {
        var text = exchange.Form["resource"];
        var isNamed = text is not null && !ResourceUris.NamesNoOne(text, urls.Base);
        exchange.Resource = isNamed ? ResourceUris.Read(text!, urls.Base) : null;
        return new(isNamed == exchange.Resource is not null
            && (exchange.GrantType != GrantTypes.ClientCredentials || IsOfTheClient(exchange))
            ? null
            : Refused);
    }

    private static bool IsOfTheClient(TokenExchange exchange) =>
        exchange.Resource is { } resource
        && (resource.Tenant is null || resource.Tenant == exchange.Registration!.Tenant);
}
