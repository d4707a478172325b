using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream;

/// <summary>An open conversation with a server: of one client, or of all where they share it. Thread-safe.</summary>
internal sealed class UpstreamConversation : IAsyncDisposable
{
    private readonly Dictionary<object, UpstreamWatch> _watches = [];
    private readonly Lock _gate = new();
    private readonly IUpstreamLink _link;
    private readonly IUpstreamDialect _dialect;
    private readonly UpstreamCalls _calls;
    private readonly UpstreamRuntimeOptions _options;
    private readonly TimeProvider _time;
    private long _usedAt;
    private long _checkedAt;
    private int _missed;

    private UpstreamConversation(
        IUpstreamLink link,
        IUpstreamDialect dialect,
        UpstreamCalls calls,
        (UpstreamAgreement What, PrincipalId? With) agreed,
        UpstreamTerms terms)
    {
        _link = link;
        _dialect = dialect;
        _calls = calls;
        _options = terms.Options;
        _time = terms.Time;
        Era = agreed.What.Era;
        IsEraGuess = agreed.What.IsGuess;
        Served = agreed.With;
        _usedAt = _time.GetTimestamp();
    }

    /// <summary>The era that the server is spoken to in.</summary>
    public UpstreamEra Era { get; }

    /// <summary>Whether the server did not say that it speaks no other: the next conversation asks again.</summary>
    public bool IsEraGuess { get; }

    /// <summary>Whose it is; null where all share it.</summary>
    public PrincipalId? Served { get; }

    /// <summary>Completes with the reason when it is over.</summary>
    public Task<string> Ended => _link.Ended;

    /// <summary>How long nothing of it was used; zero while something is.</summary>
    public TimeSpan IdleFor
    {
        get
        {
            lock (_gate)
            {
                return _calls.Count > 0 || _watches.Count > 0
                    ? TimeSpan.Zero
                    : _time.GetElapsedTime(Volatile.Read(ref _usedAt));
            }
        }
    }

    /// <summary>Begins a conversation by a fresh link, which is disposed of where none comes of it.</summary>
    public static async ValueTask<UpstreamOpened> OpenAsync(
        IUpstreamLink link,
        UpstreamClient client,
        UpstreamTerms terms,
        UpstreamEra? era,
        CancellationToken cancellationToken)
    {
        UpstreamConversation? opened = null;
        try
        {
            var owner = terms.Links.IsShared ? null : client;
            var calls = new UpstreamCalls(
                new UpstreamAudience(terms.Events, owner), terms.Options, terms.Time, terms.Logger);
            var sender = new UpstreamSender(link, calls, terms);
            link.Begin(calls);
            var negotiation = new UpstreamNegotiation(sender, owner, client.Revision, terms.Options, terms.Time);
            var agreed = await negotiation.AgreeAsync(era, cancellationToken);
            if (agreed.Description is not { } description)
            {
                return new(null, agreed.Fault, agreed.IsUnderstood);
            }

            IUpstreamDialect dialect = agreed.Era == UpstreamEra.Legacy
                ? await LegacyUpstream.BeginAsync(sender, description, owner, cancellationToken)
                : new ModernUpstream(sender, description, owner, calls, (terms.Options, terms.Time));
            opened = new UpstreamConversation(link, dialect, calls, (agreed, owner?.Caller.Principal), terms);
            return new(opened, null, true);
        }
        finally
        {
            if (opened is null)
            {
                await link.DisposeAsync();
            }
        }
    }

    /// <summary>The result of <c>initialize</c> or <c>server/discover</c>, as its client's era says it.</summary>
    public McpReply Describe(UpstreamClient client) =>
        client.Revision.UsesSessions ? _dialect.Initialization : _dialect.Discovery;

    /// <summary>Brings a call of a client to its answer.</summary>
    public async ValueTask<McpReply> InvokeAsync(
        UpstreamClient client, RuntimeCall call, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _usedAt, _time.GetTimestamp());
        if (call.Call.Method == McpMethods.Discover)
        {
            return Describe(client);
        }

        var begun = _calls.Begin(client, call);
        try
        {
            return await _dialect.InvokeAsync(begun, cancellationToken);
        }
        finally
        {
            await _calls.EndAsync(begun, cancellationToken);
            Volatile.Write(ref _usedAt, _time.GetTimestamp());
        }
    }

    /// <summary>Whether it may be asked how it is: a server at work need not answer beside it.</summary>
    public bool IsQuiet => _calls.Count == 0 && !Ended.IsCompleted;

    /// <summary>Whether somebody used it since it was checked.</summary>
    public bool IsUsedSinceCheck => Volatile.Read(ref _usedAt) > Volatile.Read(ref _checkedAt);

    /// <summary>Asks the server whether it answers.</summary>
    /// <returns>How many checks in a row it did not; 0: it did, or somebody else used it meanwhile.</returns>
    public async ValueTask<int> CheckAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _checkedAt, _time.GetTimestamp());
        using var late = new CancellationTokenSource(patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var answer = await _dialect.CheckAsync(either.Token);
        var isSilent = answer.Failure is UpstreamFailure.NotSent or UpstreamFailure.Lost or UpstreamFailure.Cancelled;
        _missed = isSilent && IsQuiet && !cancellationToken.IsCancellationRequested ? _missed + 1 : 0;
        return _missed;
    }

    public ValueTask NotifyAsync(McpCall notification, CancellationToken cancellationToken) =>
        _dialect.NotifyAsync(notification, cancellationToken);

    /// <summary>Somebody watches this from now on, or (null) nothing any more.</summary>
    public ValueTask WatchAsync(object watcher, UpstreamWatch? watch, CancellationToken cancellationToken)
    {
        UpstreamWatch all;
        lock (_gate)
        {
            if (watch is null)
            {
                _watches.Remove(watcher);
            }
            else
            {
                _watches[watcher] = watch;
            }

            all = new UpstreamWatch(
                _watches.Values.Any(w => w.Lists),
                _watches.Values.SelectMany(w => w.Resources).ToHashSet(StringComparer.Ordinal));
        }

        return _dialect.WatchAsync(all, cancellationToken);
    }

    /// <summary>Waits until the server tells of what is watched, for as long as such a request may take.</summary>
    public async ValueTask WatchedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _dialect.WatchedAsync().WaitAsync(_options.ControlTimeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It listens to nobody's acknowledgement, and may still tell.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _dialect.DisposeAsync();
        await _link.DisposeAsync();
    }
}
