using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>Gets tokens from authorization servers, and gives them back.</summary>
internal sealed class TokenEndpoint(OAuthHttp http, IOptions<ConnectionOptions> options, TimeProvider time)
{
    private const int TokenLengthMax = 16_384;
    private const long SecondsMax = 365L * 24 * 3_600;

    /// <summary>Exchanges a code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).</summary>
    public Task<TokenResult> RedeemAsync(
        ServerKey server,
        ConnectionAttempt attempt,
        string code,
        long number,
        CancellationToken cancellationToken) =>
        AskAsync(
            new Wish(server, attempt.Peer, number, attempt.Scopes),
            [
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", attempt.RedirectUri),
                ("code_verifier", attempt.Verifier),
            ],
            cancellationToken);

    /// <summary>Refreshes (section 6). Where no other refresh token comes, the one that is there stays.</summary>
    public async Task<TokenResult> RefreshAsync(
        ServerKey server, ConnectionPeer peer, ConnectionTokens held, CancellationToken cancellationToken)
    {
        var result = await AskAsync(
            new Wish(server, peer, held.Number + 1, held.Scopes),
            [("grant_type", "refresh_token"), ("refresh_token", held.Refresh!)],
            cancellationToken);
        return result.Tokens is { Refresh: null } tokens
            ? result with { Tokens = tokens with { Refresh = held.Refresh } }
            : result;
    }

    /// <summary>Our own, as a client (section 4.4).</summary>
    public Task<TokenResult> OwnAsync(
        ServerKey server,
        ConnectionPeer peer,
        IReadOnlyList<string> scopes,
        long number,
        CancellationToken cancellationToken)
    {
        (string, string)[] fields = scopes.Count == 0
            ? [("grant_type", "client_credentials")]
            : [("grant_type", "client_credentials"), ("scope", string.Join(' ', scopes))];
        return AskAsync(new Wish(server, peer, number, scopes), fields, cancellationToken);
    }

    /// <summary>Gives a token back (RFC 7009), as far as anybody listens: it is forgotten here all the same.</summary>
    public async Task RevokeAsync(
        ServerKey server, ConnectionPeer peer, ConnectionTokens tokens, CancellationToken cancellationToken)
    {
        if (http.Address(peer.RevocationEndpoint) is { } endpoint)
        {
            await http.PostAsync(
                server,
                endpoint,
                peer.Client,
                new Dictionary<string, string> { ["token"] = tokens.Refresh ?? tokens.Access },
                cancellationToken);
        }
    }

    private async Task<TokenResult> AskAsync(
        Wish wish, (string Name, string Value)[] fields, CancellationToken cancellationToken)
    {
        if (http.Address(wish.Peer.TokenEndpoint) is not { } endpoint)
        {
            return new TokenResult(null, TokenProblem.Refused);
        }

        var form = fields.ToDictionary(field => field.Name, field => field.Value);
        form["resource"] = wish.Peer.Resource;
        var reply = await http.PostAsync(wish.Server, endpoint, wish.Peer.Client, form, cancellationToken);
        return reply is { IsSuccess: true, Json: { } json } && Read(json, wish) is { } tokens
            ? new TokenResult(tokens, TokenProblem.None)
            : new TokenResult(null, ProblemOf(reply));
    }

    /// <summary>Null for what is no bearer token (RFC 6750 section 2.1: what a header can carry).</summary>
    private ConnectionTokens? Read(JsonElement json, Wish wish)
    {
        if (!string.Equals(json.Text("token_type"), "Bearer", StringComparison.OrdinalIgnoreCase)
            || !IsToken(json.Text("access_token")))
        {
            return null;
        }

        var lifetime = json.TryGetProperty("expires_in", out var said) && said.ValueKind == JsonValueKind.Number
            && said.TryGetDouble(out var seconds) && seconds >= 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, SecondsMax))
            : options.Value.TokenLifetime;
        var refresh = json.Text("refresh_token");
        return new ConnectionTokens
        {
            Access = json.Text("access_token")!,
            Refresh = refresh is { Length: > 0 and <= TokenLengthMax } ? refresh : null,
            ExpiresAt = time.GetUtcNow() + lifetime,
            Number = wish.Number,
            Scopes = json.Text("scope") is { } scope ? JsonTexts.Scopes(scope) : wish.Scopes,
        };
    }

    private static bool IsToken(string? text) =>
        text is { Length: > 0 and <= TokenLengthMax } && text.All(c => c is > ' ' and <= '~');

    private static TokenProblem ProblemOf(OAuthReply reply) => reply switch
    {
        { Error: "invalid_grant" } => TokenProblem.GrantOver,
        { Error: "invalid_client" or "unauthorized_client" } => TokenProblem.ClientUnknown,
        { Status: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError or 0 } =>
            TokenProblem.Unavailable,
        _ => TokenProblem.Refused,
    };

    /// <summary>Tokens that are asked for: of this number, with these scopes where nobody says others.</summary>
    private sealed record Wish(ServerKey Server, ConnectionPeer Peer, long Number, IReadOnlyList<string> Scopes);
}
