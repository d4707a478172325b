using System.Net.Http.Headers;
using Smcp.Connections;
using Smcp.Mcp;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Upstream.Http;

namespace Smcp.Runtimes.Remote;

/// <summary>
/// Access tokens of one conversation's connection, which keeps them; and the secret headers, where there are some too.
/// </summary>
internal sealed class OAuthCredentials(
    ConnectionAccess access, ConnectionKey key, ConnectionTerms terms, IHttpCredentials? headers) : IHttpCredentials
{
    private static readonly HttpRequestOptionsKey<long> Number = new("smcp.token-number");

    private static readonly McpFault Unreachable =
        new(FaultReason.Unavailable, "The server's tokens cannot be read now; nothing was run.");

    private volatile Held? _held;
    private volatile McpFault? _refusal;

    /// <inheritdoc/>
    public McpFault? Refusal => _refusal;

    /// <summary>
    /// Without a token only what runs nothing is sent, and only where nobody connected yet: the server says what it
    /// wants, or lets its lists be read.
    /// </summary>
    public async ValueTask<bool> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (headers is not null && !await headers.ApplyAsync(request, cancellationToken))
        {
            return false;
        }

        var supply = await SupplyAsync(cancellationToken);
        if (supply?.Token is not { } token)
        {
            var runs = request.Options.TryGetValue(HttpMessages.RunsSomething, out var runsSomething) && runsSomething;
            return supply is { IsFirst: true } && !runs;
        }

        request.Options.Set(Number, supply.Number);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> RenewAsync(HttpResponseMessage refusal, CancellationToken cancellationToken)
    {
        long? refused = refusal.RequestMessage is { } request && request.Options.TryGetValue(Number, out var number)
            ? number
            : null;
        var supply = await AskAsync(refused, TokenChallenges.Read(refusal), cancellationToken);
        return supply is { Token: not null } && supply.Number != refused;
    }

    private async ValueTask<TokenSupply?> SupplyAsync(CancellationToken cancellationToken)
    {
        var held = _held;
        return held is not null && access.IsFresh(held.Supply, held.At)
            ? held.Supply
            : await AskAsync(refused: null, challenge: null, cancellationToken);
    }

    private async ValueTask<TokenSupply?> AskAsync(
        long? refused, TokenChallenge? challenge, CancellationToken cancellationToken)
    {
        var demand = new TokenDemand { Terms = terms, Refused = refused, Challenge = challenge };
        var at = access.Time.GetTimestamp();
        var supply = await access.SupplyAsync(key, demand, cancellationToken);
        _held = supply?.Token is null ? null : new Held(supply, at);
        _refusal = supply switch
        {
            null => Unreachable,
            { Fault: { } fault, NeedsPerson: true } when access.Links.For(key) is { } link =>
                UpstreamInvitation.Of(fault.Message, link),
            { Fault: { } fault } => fault,
            _ => null,
        };
        return supply;
    }

    /// <summary>Not a record: nothing must print the token.</summary>
    private sealed class Held(TokenSupply supply, long at)
    {
        public TokenSupply Supply => supply;

        public long At => at;
    }
}
