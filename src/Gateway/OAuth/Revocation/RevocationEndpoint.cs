using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity.OAuth;
using Smcp.OAuth.AccessTokens;
using Smcp.OAuth.Clients;

namespace Smcp.OAuth.Revocation;

/// <summary>
/// <c>POST /revoke</c> (RFC 7009). Once a client is authenticated it is told the same of every token: whether it was
/// known is nobody's business (section 2.2).
/// </summary>
internal sealed class RevocationEndpoint(
    RevocationRules rules, AccessTokenReader tokens, TenantDoor door, IGrainLocator grains, ClientAudit audit)
    : IOAuthEndpoint
{
    public const string Path = "/revoke";

    public bool Accepts(string path) => path == Path;

    public async Task HandleAsync(HttpContext context)
    {
        if (!await OAuthAnswer.IsMethodAsync(context, HttpMethods.Post))
        {
            return;
        }

        var exchange = new OAuthExchange(context);
        foreach (var rule in rules.All)
        {
            if (await rule.CheckAsync(exchange, context.RequestAborted) is { } error)
            {
                audit.Refused(exchange, error);
                await OAuthAnswer.ErrorAsync(context, error);
                return;
            }
        }

        await (await RevokeAsync(exchange, exchange.Form["token"]!) is { } refusal
            ? OAuthAnswer.ErrorAsync(context, refusal)
            : OAuthAnswer.PrivateAsync(context, StatusCodes.Status200OK, new JsonObject()));
    }

    /// <summary>What the token is, it says itself; the hint is not needed (RFC 7009 section 2.1).</summary>
    private async ValueTask<OAuthError?> RevokeAsync(OAuthExchange exchange, string token)
    {
        if (GrantKey.TryRead(token, GrantSecrets.Refresh, out var key))
        {
            return await RevokeAsync(
                exchange, key, new TokenRevocation { Client = exchange.Client, RefreshToken = token });
        }

        return (await tokens.ReadAsync(token, exchange.Http.RequestAborted)).Claims is { } claims
            ? await RevokeAsync(exchange, claims.Grant, new TokenRevocation
            {
                Client = exchange.Client,
                AccessTokenId = claims.Id,
                AccessExpiresAt = claims.ExpiresAt,
            })
            : null;
    }

    private async ValueTask<OAuthError?> RevokeAsync(OAuthExchange exchange, GrantKey grant, TokenRevocation revocation)
    {
        var entrance = await door.TryAsync(exchange.Http, grant.Tenant);
        if (entrance == TenantEntrance.Open)
        {
            await grains.Locate<IGrantGrain>(grant.ToString())
                .RevokeTokenAsync(revocation, exchange.Http.RequestAborted);
        }

        return entrance == TenantEntrance.Closed ? OAuthError.NotFromHere : null;
    }
}
