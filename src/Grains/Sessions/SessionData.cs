using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;
using Smcp.Storage;

namespace Smcp.Sessions;

/// <summary>
/// All that a session remembers: its negotiated state, its tables, and its log. The tables are ahead of storage
/// between a change and its commit; a write that fails ends the activation, so that the next one starts from what
/// storage holds.
/// </summary>
internal sealed partial class SessionData
{
    private static readonly McpFault StoreFailed = new(FaultReason.Unavailable, "The session cannot be stored now.");

    private readonly IActivationContext _activation;
    private readonly ILogger _logger;
    private readonly IGrainState<SessionState> _state;
    private readonly GroupCommit _commit;
    private McpRevision? _revision;
    private bool _closed;

    public SessionData(IActivationContext activation, SessionOptions options, ILogger logger)
    {
        _activation = activation;
        _logger = logger;
        _state = activation.State<SessionState>("session");
        _commit = new GroupCommit(WriteAsync);
        Key = SessionKey.Parse(activation.Key);
        Options = options;
        Time = activation.Time;
        Age = new SessionAge(Time, options);
        Streams = new StreamTable(Time, options);
        Calls = new CallTable(options);
        Questions = new QuestionTable(options);
        Log = new EventLog(activation.Logs, $"session/{activation.Key}", options, OnWriteFailed);
    }

    public SessionKey Key { get; }

    /// <summary>The grain's key, as instances know the session.</summary>
    public string Name => _activation.Key;

    public SessionOptions Options { get; }

    public TimeProvider Time { get; }

    public SessionAge Age { get; }

    public StreamTable Streams { get; }

    public CallTable Calls { get; }

    public QuestionTable Questions { get; }

    public EventLog Log { get; }

    /// <summary>The negotiated state. What is set here is durable after <see cref="CommitAsync"/>.</summary>
    public SessionState State
    {
        get => _state.Value;
        set => _state.Value = value;
    }

    /// <summary>What was settled at the start. Only for a session that is open.</summary>
    public SessionTerms Terms => State.Terms ?? throw new InvalidOperationException("The session is not open.");

    /// <summary>The instance that serves it. Only for a session that is open.</summary>
    public InstanceKey Instance => InstanceKey.Parse(Terms.Instance);

    /// <summary>The negotiated revision. Only for a session that is open.</summary>
    public McpRevision Revision => _revision ??= McpRevision.TryParse(Terms.Revision, out var revision)
        ? revision
        : throw new InvalidOperationException($"The session's revision {Terms.Revision} is not known.");

    /// <summary>Whether anything of it stands in storage: open, or ended and not yet removed.</summary>
    public bool Exists => State.Terms is not null;

    public bool IsOpen => State is { Terms: not null, Ended: false };

    /// <summary>Whether a write failed: what is in memory is not what storage holds, and the activation ends.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the log holds events that no stream has yet.</summary>
    public bool HasUnsettledEvents => Log.LastWithoutStream > State.SettledThrough;

    /// <summary>On whose behalf the session acts by itself: its client's.</summary>
    public CallContext OwnContext(string correlationId) => new()
    {
        Tenant = Key.Tenant,
        Principal = Terms.Principal,
        Revision = Terms.Revision,
        CorrelationId = correlationId,
    };

    /// <summary>Does what must be stored; the fault where the store cannot be used.</summary>
    public static async ValueTask<McpFault?> StoringAsync(Func<ValueTask> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (StorageUnavailableException)
        {
            return StoreFailed;
        }
    }

    /// <summary>
    /// When this returns, everything changed before the call is durable. Wishes that meet share a write.
    /// </summary>
    public Task CommitAsync() => _closed ? Task.CompletedTask : _commit.CommitAsync();

    /// <summary>The call got its last event, or will get none: its stream is complete with its last call.</summary>
    public void Finish(SessionCall call)
    {
        if (call.IsOver)
        {
            return;
        }

        Calls.Remove(call);
        Questions.RemoveOf(call.Id);
        if (call.Stream is { } stream)
        {
            Release(stream);
        }
    }

    /// <summary>One thing less is to come on a stream.</summary>
    public void Release(SessionStream stream)
    {
        if (--stream.Outstanding <= 0)
        {
            stream.EndedAt ??= Time.GetUtcNow();
        }
    }

    /// <summary>Takes up what storage holds, whatever prefix of the last writes that is.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen)
        {
            return;
        }

        Age.Begin(Terms.CreatedAt, State.LastUsedAt);
        Streams.Load(State);
        Questions.Load(State);
        foreach (var row in State.Calls)
        {
            if (Streams.TryFind(row.StreamId, out var stream))
            {
                Calls.Restore(row, stream);
            }
        }

        await Log.LoadAsync(cancellationToken);
        await RecoverAsync();
    }

    /// <summary>Removes all of it from storage. Nothing is written afterwards.</summary>
    public async Task RemoveAsync()
    {
        _closed = true;
        await _commit.SettleAsync();
        await Log.DeleteAsync();
        await _state.ClearAsync(CancellationToken.None);
    }

    /// <summary>
    /// The log may be ahead of the state: an answer there means that its call is over, a frame that it was taken, a
    /// question that it was asked, an event without a stream that the next GET takes it.
    /// </summary>
    private async Task RecoverAsync()
    {
        var from = State.SettledThrough;
        foreach (var call in Calls.Streaming)
        {
            from = Math.Min(from, call.Stream!.After);
        }

        await foreach (var (sequence, entry) in Log.WalkAsync(from))
        {
            if (entry.StreamId == 0 && sequence > State.SettledThrough)
            {
                Log.NoteWithoutStream(sequence);
            }

            if (entry.Answers is { } id && Calls.TryFind(id, out var call))
            {
                Finish(call);
            }

            if (entry.Call is { } owner && Calls.TryFind(owner, out var running))
            {
                running.LastFrame = Math.Max(running.LastFrame, entry.Frame);
            }

            if (entry.Asks > 0)
            {
                Questions.MarkAsked(entry.Asks);
            }
        }

        foreach (var stream in Streams.All)
        {
            if (!stream.IsListening && stream.Outstanding == 0)
            {
                stream.EndedAt ??= Time.GetUtcNow();
            }
        }
    }

    private async Task WriteAsync()
    {
        State = State with
        {
            LastUsedAt = Age.LastUsedAt ?? State.LastUsedAt,
            LastStreamId = Streams.LastId,
            LastQuestion = Questions.LastNumber,
            SettledThrough = HasUnsettledEvents ? State.SettledThrough : Log.Last,
            Streams = Streams.Rows(),
            Calls = Calls.Rows(),
            Questions = Questions.Rows(),
        };
        try
        {
            await _state.WriteAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            OnWriteFailed(exception);
            throw;
        }
    }

    private void OnWriteFailed(Exception exception)
    {
        IsBroken = true;
        LogWriteFailed(_logger, exception);
        _activation.Deactivate();
    }
}
