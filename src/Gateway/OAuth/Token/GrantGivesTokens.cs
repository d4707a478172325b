using Microsoft.AspNetCore.Http;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.Token;

/// <summary>
/// The grant that the code or refresh token names gives tokens for it. Its tenant is there, and lets requests in from
/// where this one comes: nothing is redeemed before.
/// </summary>
internal sealed class GrantGivesTokens(IGrainLocator grains, TenantDoor door, CanonicalUrls urls)
    : IOAuthRule<TokenExchange>
{
    private static readonly OAuthError NoCode = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidRequest, "code is missing.");

    private static readonly OAuthError NoRefreshToken = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidRequest, "refresh_token is missing.");

    public ValueTask<OAuthError?> CheckAsync(TokenExchange exchange, CancellationToken cancellationToken) =>
        exchange.GrantType switch
        {
            GrantTypes.AuthorizationCode => RedeemAsync(exchange, cancellationToken),
            GrantTypes.RefreshToken => RefreshAsync(exchange, cancellationToken),
            _ => IssueAsync(exchange, cancellationToken),
        };

    private async ValueTask<OAuthError?> RedeemAsync(TokenExchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Form["code"] is not { } code)
        {
            return NoCode;
        }

        return GrantKey.TryRead(code, GrantSecrets.Code, out var key)
            ? await RefusalAsync(exchange, key.Tenant) ?? Take(exchange, await Grant(key).RedeemAsync(
                new CodeRedemption
                {
                    Code = code,
                    Client = exchange.Client,
                    RedirectUri = exchange.Form["redirect_uri"],
                    Verifier = exchange.Form["code_verifier"],
                    Resource = exchange.Resource?.Canonical,
                    Issuer = urls.Issuer,
                },
                cancellationToken))
            : TokenErrors.Of(TokenRefusal.Unmatched);
    }

    private async ValueTask<OAuthError?> RefreshAsync(TokenExchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Form["refresh_token"] is not { } token)
        {
            return NoRefreshToken;
        }

        return GrantKey.TryRead(token, GrantSecrets.Refresh, out var key)
            ? await RefusalAsync(exchange, key.Tenant) ?? Take(exchange, await Grant(key).RefreshAsync(
                new RefreshRedemption
                {
                    RefreshToken = token,
                    Client = exchange.Client,
                    Scopes = exchange.Scopes,
                    Resource = exchange.Resource?.Canonical,
                    Issuer = urls.Issuer,
                },
                cancellationToken))
            : TokenErrors.Of(TokenRefusal.Unmatched);
    }

    private async ValueTask<OAuthError?> IssueAsync(TokenExchange exchange, CancellationToken cancellationToken)
    {
        var key = new GrantKey(exchange.Registration!.Tenant!.Value, GrantId.Random());
        return await RefusalAsync(exchange, key.Tenant) ?? Take(exchange, await Grant(key).IssueAsync(
            new ClientTokenRequest
            {
                Client = exchange.Client,
                Resource = exchange.Resource!.Canonical,
                Scopes = exchange.Scopes,
                Issuer = urls.Issuer,
            },
            cancellationToken));
    }

    private async ValueTask<OAuthError?> RefusalAsync(TokenExchange exchange, TenantId tenant) =>
        await door.TryAsync(exchange.Http, tenant) switch
        {
            TenantEntrance.Open => null,
            TenantEntrance.Closed => OAuthError.NotFromHere,
            _ => TokenErrors.Of(TokenRefusal.UnknownGrant),
        };

    private static OAuthError? Take(TokenExchange exchange, TokenOutcome outcome)
    {
        exchange.Tokens = outcome.Tokens;
        return outcome.Refusal is { } refusal ? TokenErrors.Of(refusal) : null;
    }

    private IGrantGrain Grant(GrantKey key) => grains.Locate<IGrantGrain>(key.ToString());
}
