using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Smcp.OAuth.Clients;

namespace Smcp.OAuth.Token;

/// <summary><c>POST /token</c>: the list of its rules, and the answer (RFC 6749 section 5.1).</summary>
internal sealed class TokenEndpoint(TokenRules rules, ClientAudit audit) : IOAuthEndpoint
{
    public const string Path = "/token";

    public bool Accepts(string path) => path == Path;

    public async Task HandleAsync(HttpContext context)
    {
        if (!await OAuthAnswer.IsMethodAsync(context, HttpMethods.Post))
        {
            return;
        }

        var exchange = new TokenExchange(context);
        foreach (var rule in rules.All)
        {
            if (await rule.CheckAsync(exchange, context.RequestAborted) is { } error)
            {
                audit.Refused(exchange, error);
                await OAuthAnswer.ErrorAsync(context, error);
                return;
            }
        }

        var tokens = exchange.Tokens!;
        var body = new JsonObject
        {
            ["access_token"] = tokens.AccessToken,
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)tokens.Lifetime.TotalSeconds,
            ["scope"] = string.Join(' ', tokens.Scopes),
        };
        if (tokens.RefreshToken is { } refresh)
        {
            body["refresh_token"] = refresh;
        }

        await OAuthAnswer.PrivateAsync(context, StatusCodes.Status200OK, body);
    }
}
