using Smcp.Engine;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>
/// Gives runtimes tokens, and gets others in time. Who began it may be gone before an authorization server answers:
/// that is waited for all the same, since what it gave in place of a token that it took is given once.
/// </summary>
internal sealed class TokenKeeper(
    IActivationContext activation, ConnectionRecord record, ConnectionTools tools, ConnectionClients clients)
{
    private static readonly TimeSpan RefusedAgain = TimeSpan.FromSeconds(10);

    private readonly ConnectionOptions _options = tools.Options.Value;
    private long? _gotAt;

    public async ValueTask<TokenSupply> SupplyAsync(TokenDemand demand)
    {
        using var step = tools.Step();
        var terms = record.Wanted = demand.Terms;
        if (record.TokensFor(terms) is not { } tokens)
        {
            record.Challenge = demand.Challenge ?? record.Challenge;
            return terms.Auth.Kind == RemoteAuthKind.Client
                ? await OwnAsync(terms, [], step.Token)
                : TokenSupply.Wanting(ConnectionWords.NotConnected(terms, record.Value.Problem)) with
                {
                    IsFirst = record.Value.Problem is null,
                };
        }

        var isRefused = demand.Refused == tokens.Number;
        if (isRefused && demand.Challenge is { IsAboutScope: true } challenge)
        {
            return await StepUpAsync(terms, tokens, challenge, step.Token);
        }

        var now = activation.Time.GetUtcNow();
        if (!isRefused && (now + _options.RefreshAhead < tokens.ExpiresAt
            || (tokens.Refresh is null && now < tokens.ExpiresAt && terms.Auth.Kind != RemoteAuthKind.Client)))
        {
            return Given(tokens);
        }

        // One that gives good tokens and a server that takes none of them would go on for ever.
        if (isRefused && _gotAt is { } at && activation.Time.GetElapsedTime(at) < RefusedAgain)
        {
            return terms.Auth.Kind == RemoteAuthKind.Client
                ? TokenSupply.Refused(ConnectionWords.NotAccepted(terms))
                : TokenSupply.Wanting(ConnectionWords.NotAccepted(terms));
        }

        return terms.Auth.Kind == RemoteAuthKind.Client
            ? await OwnAsync(terms, tokens.Scopes, step.Token)
            : await RefreshAsync(terms, record.Value.Peer!, tokens, step.Token);
    }

    private static TokenSupply Given(ConnectionTokens tokens) => new()
    {
        Token = tokens.Access,
        Number = tokens.Number,
        ExpiresAt = tokens.ExpiresAt,
    };

    private async ValueTask<TokenSupply> StepUpAsync(
        ConnectionTerms terms, ConnectionTokens tokens, TokenChallenge challenge, CancellationToken cancellationToken)
    {
        var wanted = JsonTexts.Scopes(challenge.Scope);
        if (wanted.All(tokens.Scopes.Contains))
        {
            return TokenSupply.Refused(ConnectionWords.NotAccepted(terms));
        }

        record.Challenge = challenge;
        return terms.Auth.Kind == RemoteAuthKind.Client
            ? await OwnAsync(terms, tokens.Scopes, cancellationToken)
            : TokenSupply.Wanting(ConnectionWords.WantsMore(terms, wanted));
    }

    private async ValueTask<TokenSupply> OwnAsync(
        ConnectionTerms terms, IReadOnlyList<string> held, CancellationToken cancellationToken)
    {
        var found = await tools.Discovery.FindAsync(
            record.Key.ServerKey, terms, record.Challenge, held, cancellationToken);
        if (found.Issuer is null)
        {
            return TokenSupply.Refused(ConnectionWords.NotFound(terms, found.Problem!));
        }

        if (await clients.ConfiguredAsync(terms, found.Issuer, cancellationToken) is not { Secret: not null } client)
        {
            return TokenSupply.Refused(ConnectionWords.NoSecret(terms));
        }

        var peer = ConnectionRecord.PeerOf(terms, found, client);
        var result = await tools.Tokens.OwnAsync(
            record.Key.ServerKey, peer, found.Scopes, record.Value.LastNumber + 1, cancellationToken);
        return result.Tokens is { } tokens
            ? await KeepAsync(peer, tokens)
            : TokenSupply.Refused(ConnectionWords.NoTokens(terms, result.Problem));
    }

    private async ValueTask<TokenSupply> RefreshAsync(
        ConnectionTerms terms, ConnectionPeer peer, ConnectionTokens tokens, CancellationToken cancellationToken)
    {
        if (tokens.Refresh is null)
        {
            return await LoseAsync(terms, "expired");
        }

        var proven = peer with { Client = await clients.ProvenAsync(peer.Client, terms, cancellationToken) };
        var result = await tools.Tokens.RefreshAsync(record.Key.ServerKey, proven, tokens, cancellationToken);
        if (result.Tokens is { } fresh)
        {
            return await KeepAsync(peer, fresh);
        }

        if (result.Problem == TokenProblem.ClientUnknown)
        {
            await clients.List.ForgetAsync(peer.Client.Id, CancellationToken.None);
        }

        return result.Problem is TokenProblem.GrantOver or TokenProblem.ClientUnknown
            ? await LoseAsync(terms, result.Problem.ToString())
            : TokenSupply.Refused(ConnectionWords.NoTokens(terms, result.Problem));
    }

    private async ValueTask<TokenSupply> LoseAsync(ConnectionTerms terms, string reason)
    {
        await record.LoseAsync(ConnectionWords.Over);
        tools.Audit.Ended(record.Key, reason);
        return TokenSupply.Wanting(ConnectionWords.NotConnected(terms, ConnectionWords.Over));
    }

    private async ValueTask<TokenSupply> KeepAsync(ConnectionPeer peer, ConnectionTokens tokens)
    {
        _gotAt = activation.Time.GetTimestamp();
        await record.KeepAsync(peer, tokens, activation.Time.GetUtcNow());
        return Given(tokens);
    }
}
