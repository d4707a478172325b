using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
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
    RevocationRules rules, AccessTokenReader tokens, IGrainLocator grains, ClientAudit audit) : IOAuthEndpoint
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

        await RevokeAsync(exchange.Client, exchange.Form["token"]!, context.RequestAborted);
        await OAuthAnswer.PrivateAsync(context, StatusCodes.Status200OK, new JsonObject());
    }

    /// <summary>What the token is, it says itself; the hint is not needed (RFC 7009 section 2.1).</summary>
    private async Task RevokeAsync(ClientId client, string token, CancellationToken cancellationToken)
    {
        if (GrantKey.TryRead(token, GrantSecrets.Refresh, out var key))
        {
            await grains.Locate<IGrantGrain>(key.ToString()).RevokeTokenAsync(
                new TokenRevocation { Client = client, RefreshToken = token }, cancellationToken);
        }
        else if ((await tokens.ReadAsync(token, cancellationToken)).Claims is { } claims)
        {
            await grains.Locate<IGrantGrain>(claims.Grant.ToString()).RevokeTokenAsync(
                new TokenRevocation
                {
                    Client = client,
                    AccessTokenId = claims.Id,
                    AccessExpiresAt = claims.ExpiresAt,
                },
                cancellationToken);
        }
    }
}
