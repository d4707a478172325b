using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Smcp.Protocol;

namespace Smcp.Connections;

/// <summary>Gets tokens from authorization servers, and gives them back.</summary>
internal sealed class TokenEndpoint(OAuthHttp http, IOptions<ConnectionOptions> options, TimeProvider time)
{
    private const int TokenLengthMax = 16_384;
    private const long SecondsMax = 365L * 24 * 3_600;

    /// <summary>Exchanges a code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).</summary>
    public Task<TokenResult> RedeemAsync(
        ConnectionAttempt attempt, string code, long number, CancellationToken cancellationToken) =>
        AskAsync(
            attempt.Peer,
            number,
            attempt.Scopes,
            [
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", attempt.RedirectUri),
                ("code_verifier", attempt.Verifier),
            ],
            cancellationToken);

    /// <summary>Refreshes (section 6). Where no other refresh token comes, the one that is there stays.</summary>
    public async Task<TokenResult> RefreshAsync(
        ConnectionPeer peer, ConnectionTokens held, CancellationToken cancellationToken)
    {
        var result = await AskAsync(
            peer,
            held.Number + 1,
            held.Scopes,
            [("grant_type", "refresh_token"), ("refresh_token", held.Refresh!)],
            cancellationToken);
        return result.Tokens is { Refresh: null } tokens
            ? result with { Tokens = tokens with { Refresh = held.Refresh } }
            : result;
    }

    /// <summary>Our own, as a client (section 4.4).</summary>
    public Task<TokenResult> OwnAsync(
        ConnectionPeer peer, IReadOnlyList<string> scopes, long number, CancellationToken cancellationToken)
    {
        (string, string)[] fields = scopes.Count == 0
            ? [("grant_type", "client_credentials")]
            : [("grant_type", "client_credentials"), ("scope", string.Join(' ', scopes))];
        return AskAsync(peer, number, scopes, fields, cancellationToken);
    }

    /// <summary>Gives a token back (RFC 7009), as far as anybody listens: it is forgotten here all the same.</summary>
    public async Task RevokeAsync(ConnectionPeer peer, ConnectionTokens tokens, CancellationToken cancellationToken)
    {
        if (http.Address(peer.RevocationEndpoint) is { } endpoint)
        {
            await http.PostAsync(
                endpoint,
                peer.Client,
                new Dictionary<string, string> { ["token"] = tokens.Refresh ?? tokens.Access },
                cancellationToken);
        }
    }

    private async Task<TokenResult> AskAsync(
        ConnectionPeer peer,
        long number,
        IReadOnlyList<string> asked,
        (string Name, string Value)[] fields,
        CancellationToken cancellationToken)
    {
        if (http.Address(peer.TokenEndpoint) is not { } endpoint)
        {
            return new TokenResult(null, TokenProblem.Refused);
        }

        var form = fields.ToDictionary(field => field.Name, field => field.Value);
        form["resource"] = peer.Resource;
        var reply = await http.PostAsync(endpoint, peer.Client, form, cancellationToken);
        return reply is { IsSuccess: true, Json: { } json } && Read(json, number, asked) is { } tokens
            ? new TokenResult(tokens, TokenProblem.None)
            : new TokenResult(null, ProblemOf(reply));
    }

    /// <summary>Null for what is no bearer token (RFC 6750 section 2.1: what a header can carry).</summary>
    private ConnectionTokens? Read(JsonElement json, long number, IReadOnlyList<string> asked)
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
            Number = number,
            Scopes = json.Text("scope") is { } scope ? JsonTexts.Scopes(scope) : asked,
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
}
