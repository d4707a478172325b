using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>
/// Holds the tokens of one connection, and lets its owner make and end it. One call at a time: who comes while tokens
/// are refreshed waits, and finds the fresh ones.
/// </summary>
internal class ConnectionGrain : IConnectionGrain
{
    private readonly IActivationContext _activation;
    private readonly ConnectionTools _tools;
    private readonly Authorizer _authorizer;
    private readonly ConnectionKey _key;
    private readonly ConnectionRecord _record;
    private readonly ConnectionClients _clients;
    private readonly TokenKeeper _keeper;

    public ConnectionGrain(IActivationContext activation, ConnectionTools tools, Authorizer authorizer)
    {
        _activation = activation;
        _tools = tools;
        _authorizer = authorizer;
        _key = ConnectionKey.Parse(activation.Key);
        _record = new ConnectionRecord(_key, activation.State<ConnectionState>("connection"));
        _clients = new ConnectionClients(activation.Grains, _key);
        _keeper = new TokenKeeper(activation, _record, tools, _clients);
    }

    public ValueTask<TokenSupply> SupplyAsync(TokenDemand demand, CancellationToken cancellationToken) =>
        _keeper.SupplyAsync(demand);

    public async ValueTask<ConnectionOutcome> PrepareAsync(CallContext context, CancellationToken cancellationToken)
    {
        using var step = _tools.Step();
        var (terms, discovery, fault) = await FindAsync(context, step.Token);
        return fault is not null
            ? ConnectionOutcome.Refused(fault)
            : new ConnectionOutcome
            {
                Endpoint = terms!.Endpoint,
                Issuer = discovery!.Issuer!.Issuer,
                Scopes = discovery.Scopes,
            };
    }

    public async ValueTask<ConnectionOutcome> BeginAsync(
        CallContext context, ConnectionStart start, CancellationToken cancellationToken)
    {
        using var step = _tools.Step();
        var (terms, discovery, fault) = await FindAsync(context, step.Token);
        if (fault is not null)
        {
            return ConnectionOutcome.Refused(fault);
        }

        if (await _clients.FindAsync(terms!, discovery!.Issuer!, start, step.Token) is not { } client)
        {
            return ConnectionOutcome.Refused(FaultReason.Conflict, ConnectionWords.NoClient(start.RedirectUri));
        }

        var attempt = new ConnectionAttempt
        {
            Peer = ConnectionRecord.PeerOf(terms!, discovery, client),
            State = await _tools.Digester.DigestAsync(start.State, cancellationToken),
            Browser = await _tools.Digester.DigestAsync(start.Browser, cancellationToken),
            Principal = context.Principal.ToString(),
            Verifier = Secret.Create(),
            RedirectUri = start.RedirectUri,
            Scopes = discovery.Scopes,
            ExpiresAt = _activation.Time.GetUtcNow() + _tools.Options.Value.AttemptLifetime,
        };
        await _record.SetAttemptAsync(attempt);
        return new ConnectionOutcome { Location = AuthorizationPage.Of(discovery.Issuer!, attempt, start.State) };
    }

    public async ValueTask<ConnectionOutcome> CompleteAsync(
        CallContext context, ConnectionReturn back, CancellationToken cancellationToken)
    {
        if (RefusalOf(context, isPerson: true) is { } refusal)
        {
            return ConnectionOutcome.Refused(refusal);
        }

        var attempt = _record.Value.Attempt;
        var isState = await _tools.Digester.MatchesAsync(back.State, attempt?.State, cancellationToken);
        var isBrowser = await _tools.Digester.MatchesAsync(back.Browser, attempt?.Browser, cancellationToken);
        if (attempt is null || !isState || !isBrowser || attempt.Principal != context.Principal.ToString())
        {
            return Denied(context, "state", ConnectionWords.NoAttempt);
        }

        // It is used up by whatever comes: a code that was sent once is never shown twice.
        await _record.SetAttemptAsync(null);
        if (_activation.Time.GetUtcNow() >= attempt.ExpiresAt)
        {
            return Denied(context, "expired", ConnectionWords.NoAttempt);
        }

        // RFC 9207 section 2.4: who says who it is says it always, and is believed only if it is the one.
        if (back.Issuer != attempt.Peer.Client.Issuer && (back.Issuer is not null || attempt.Peer.SaysIssuer))
        {
            return Denied(context, "issuer", ConnectionWords.OtherIssuer);
        }

        return back.Code is { } code
            ? await RedeemAsync(context, attempt, code)
            : Denied(context, "denied", ConnectionWords.Declined);
    }

    public ValueTask<ConnectionLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken) =>
        new(RefusalOf(context, isPerson: false, writes: false) is { } fault
            ? new ConnectionLookup { Fault = fault }
            : new ConnectionLookup { Info = _record.Info() });

    public async ValueTask<McpFault?> DisconnectAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (RefusalOf(context, isPerson: false) is { } fault)
        {
            return fault;
        }

        if (_record.Info().Status != ConnectionStatus.None)
        {
            await ForgetAsync();
            await _clients.List.RemoveAsync(_key.Owner, cancellationToken);
            _tools.Audit.Disconnected(context, _key);
        }

        return null;
    }

    public ValueTask<ConnectionStanding?> SummarizeAsync(CancellationToken cancellationToken) =>
        new(_record.Info() is { Status: not ConnectionStatus.None } info ? info : null);

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_record.Info().Status != ConnectionStatus.None)
        {
            await ForgetAsync();
            _tools.Audit.Ended(_key, "server-removed");
        }
    }

    public async ValueTask EndOfUserAsync(CancellationToken cancellationToken)
    {
        if (_record.Info().Status != ConnectionStatus.None)
        {
            await ForgetAsync();
            await _clients.List.RemoveAsync(_key.Owner, cancellationToken);
            _tools.Audit.Ended(_key, "user-disabled");
        }
    }

    /// <summary>The tokens are gone before anybody else is told: what is not stored is not used.</summary>
    private async ValueTask ForgetAsync()
    {
        var (peer, tokens) = (_record.Value.Peer, _record.Value.Tokens);
        await _record.ForgetAsync();
        if (peer is not null && tokens is not null)
        {
            _ = GiveBackAsync(peer, tokens);
        }
    }

    /// <summary>Nobody waits for that: the tokens are forgotten here, whoever answers there.</summary>
    private async Task GiveBackAsync(ConnectionPeer peer, ConnectionTokens tokens)
    {
        using var step = _tools.Step();
        var client = await _clients.ProvenAsync(peer.Client, _record.Wanted, step.Token);
        await _tools.Tokens.RevokeAsync(_key.ServerKey, peer with { Client = client }, tokens, step.Token);
    }

    private async ValueTask<ConnectionOutcome> RedeemAsync(
        CallContext context, ConnectionAttempt attempt, string code)
    {
        using var step = _tools.Step();
        var client = await _clients.ProvenAsync(attempt.Peer.Client, _record.Wanted, step.Token);
        var proven = attempt with { Peer = attempt.Peer with { Client = client } };
        var result = await _tools.Tokens.RedeemAsync(
            _key.ServerKey, proven, code, _record.Value.LastNumber + 1, step.Token);
        if (result.Tokens is not { } tokens)
        {
            return Denied(context, $"token-{result.Problem}", ConnectionWords.NoToken);
        }

        // It is listed before it is stored: tokens that nobody can see could not be ended.
        if (await _clients.List.AddAsync(_key.Owner, CancellationToken.None) is { } fault)
        {
            return ConnectionOutcome.Refused(fault);
        }

        await _record.KeepAsync(attempt.Peer, tokens, _activation.Time.GetUtcNow());
        _record.Challenge = null;
        _tools.Audit.Connected(context, _key, attempt.Peer.Client.Issuer);
        return new ConnectionOutcome { Endpoint = attempt.Peer.Endpoint, Issuer = attempt.Peer.Client.Issuer };
    }

    private ConnectionOutcome Denied(CallContext context, string reason, string message)
    {
        _tools.Audit.NotConnected(context, _key, reason);
        return ConnectionOutcome.Refused(FaultReason.InvalidCredential, message);
    }

    /// <summary>What a person would be asked: by what a runtime wanted last, else by the version in use.</summary>
    private async ValueTask<(ConnectionTerms? Terms, Discovery? Discovery, McpFault? Fault)> FindAsync(
        CallContext context, CancellationToken cancellationToken)
    {
        if (RefusalOf(context, isPerson: true) is { } refusal)
        {
            return (null, null, refusal);
        }

        var kind = _key.Principal is null ? RemoteAuthKind.Server : RemoteAuthKind.User;
        _record.Wanted ??= await TermsAsync(context, cancellationToken);
        if (_record.Wanted is not { } terms || terms.Auth.Kind != kind)
        {
            _record.Wanted = null;
            return (null, null, new McpFault(FaultReason.NotFound, ConnectionWords.NothingToConnect));
        }

        var held = _record.TokensFor(terms)?.Scopes ?? [];
        var found = await _tools.Discovery.FindAsync(_key.ServerKey, terms, _record.Challenge, held, cancellationToken);
        var problem = found switch
        {
            { Problem: { } why } => why,
            { Issuer.Authorization: null } => ConnectionWords.NoPage,
            { Issuer.HasPkce: false } => ConnectionWords.NoPkce,
            _ => null,
        };
        return problem is null
            ? (terms, found, null)
            : (null, null, new McpFault(FaultReason.Unavailable, problem));
    }

    private async ValueTask<ConnectionTerms?> TermsAsync(CallContext context, CancellationToken cancellationToken)
    {
        var server = await _activation.Grains.Locate<IServerGrain>(_key.ServerKey.ToString())
            .DescribeAsync(context, cancellationToken);
        return server.Definition?.Deployed?.Settings.Remote is { Auth: { } auth } remote
            ? new ConnectionTerms { Endpoint = remote.Url, Auth = auth }
            : null;
    }

    /// <summary>
    /// A connection is its principal's, who acts in person or with a client for administration; administrators of the
    /// tenant's secrets see to the servers' own, and may end anybody's.
    /// </summary>
    private McpFault? RefusalOf(CallContext context, bool isPerson, bool writes = true)
    {
        var isOwner = context.Tenant == _key.Tenant && context.Principal == _key.Principal
            && McpScopes.Cover(context.Scopes, McpScopes.Admin);
        return isOwner ? null
            : isPerson && _key.Principal is not null
                ? new McpFault(FaultReason.Forbidden, ConnectionWords.OtherPerson)
                : _authorizer.Administer(context, _key.Tenant, writes, AdminAreas.Secrets);
    }
}
