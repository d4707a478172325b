using Smcp.Engine;

namespace Smcp.Connections;

/// <summary>What is known of one connection: stored, and beside it what a runtime wanted last.</summary>
internal sealed class ConnectionRecord(ConnectionKey key, IGrainState<ConnectionState> state)
{
    public ConnectionKey Key => key;

    public ConnectionState Value => state.Value;

    public bool Exists => state.Exists;

    /// <summary>Which server a runtime wanted to reach last, and how; null where none did yet.</summary>
    public ConnectionTerms? Wanted { get; set; }

    /// <summary>What the server said when it was not content.</summary>
    public TokenChallenge? Challenge { get; set; }

    public static ConnectionPeer PeerOf(ConnectionTerms terms, Discovery found, ConnectionClient client) => new()
    {
        Endpoint = terms.Endpoint,
        Resource = found.Resource,
        TokenEndpoint = found.Issuer!.Token.OriginalString,
        RevocationEndpoint = found.Issuer.Revocation?.OriginalString,
        Client = client,
        SaysIssuer = found.Issuer.SaysIssuer,
    };

    /// <summary>
    /// The tokens, if they are for the server as it is set up now: they are shown to no other endpoint, and not used
    /// once its tenant names another authorization server or client.
    /// </summary>
    public ConnectionTokens? TokensFor(ConnectionTerms terms) =>
        Value.Peer is { } peer
        && peer.Endpoint == terms.Endpoint
        && (terms.Auth.Issuer is not { } issuer || issuer == peer.Client.Issuer)
        && (terms.Auth.ClientId is not { } client || client == peer.Client.Id)
            ? Value.Tokens
            : null;

    public ConnectionStanding Info() => new()
    {
        Server = key.Server,
        Owner = key.Owner,
        Status = Value switch
        {
            { Tokens: not null } => ConnectionStatus.Connected,
            { Problem: not null } => ConnectionStatus.Lost,
            _ => ConnectionStatus.None,
        },
        Problem = Value.Problem,
        Endpoint = Value.Peer?.Endpoint,
        Issuer = Value.Peer?.Client.Issuer,
        Scopes = Value.Tokens?.Scopes ?? [],
        ConnectedAt = Value.ConnectedAt,
        ExpiresAt = Value.Tokens?.ExpiresAt,
    };

    /// <summary>
    /// Durable before it is used: a refresh token that was replaced and is not kept would be lost. A secret that is the
    /// tenant's stays where it is, so that one that is rotated counts.
    /// </summary>
    public ValueTask KeepAsync(ConnectionPeer peer, ConnectionTokens tokens, DateTimeOffset now)
    {
        var isOurs = peer.Client.RedirectUri is not null;
        return WriteAsync(Value with
        {
            Peer = isOurs ? peer : peer with { Client = peer.Client with { Secret = null } },
            Tokens = tokens,
            LastNumber = tokens.Number,
            ConnectedAt = Value.Tokens is null ? now : Value.ConnectedAt,
            Problem = null,
        });
    }

    /// <summary>The tokens are not accepted any more.</summary>
    public ValueTask LoseAsync(string problem) => WriteAsync(Value with { Tokens = null, Problem = problem });

    /// <summary>As if nobody ever connected; but no number comes again.</summary>
    public ValueTask ForgetAsync()
    {
        Challenge = null;
        return WriteAsync(new ConnectionState { LastNumber = Value.LastNumber });
    }

    public ValueTask SetAttemptAsync(ConnectionAttempt? attempt) => WriteAsync(Value with { Attempt = attempt });

    /// <summary>Whoever asked for it may be gone: it is written all the same.</summary>
    private ValueTask WriteAsync(ConnectionState next)
    {
        state.Value = next;
        return state.WriteAsync(CancellationToken.None);
    }
}
