using System.Threading.Channels;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>
/// One request of a client, waiting for what a call brings. A call has one, and one more each time it was parked and
/// continues. Frames are put in from any thread, under a lock that no await crosses; everything else is on the
/// activation's scheduler.
/// </summary>
internal sealed class CallLeg(CallId id, InFlightCall call, FrameTranslation? translation, long startedAt)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<McpOutcome> _outcome = new();
    private CancellationTokenRegistration _abandonment;
    private Channel<McpFrame>? _outbox;

    public CallId Id { get; } = id;

    public InFlightCall Call { get; } = call;

    public LegPhase Phase { get; private set; }

    /// <summary>When it began to wait, or turned to a stream; by the clock's timestamp.</summary>
    public long SinceAt { get; private set; } = startedAt;

    /// <summary>Whether somebody reads its frames, or has.</summary>
    public bool Followed { get; set; }

    /// <summary>Whether nothing more of it is to be handed to anybody.</summary>
    public bool Done { get; set; }

    /// <summary>Whether the server sent something before its answer.</summary>
    public bool HasEmitted => Volatile.Read(ref _outbox) is not null;

    public ValueTask<McpOutcome> Outcome => new(_outcome.Task);

    /// <summary>The frames of a leg that streams; complete after its last.</summary>
    public ChannelReader<McpFrame> Frames =>
        _outbox?.Reader ?? throw new InvalidOperationException("The request does not stream.");

    /// <summary>
    /// Any thread. Takes a frame over, or drops it: nobody waits any more, or it is not for this leg.
    /// </summary>
    public ValueTask EmitAsync(McpFrame frame, CancellationToken cancellationToken)
    {
        var visible = translation is null ? frame : translation.Apply(frame);
        Channel<McpFrame>? outbox;
        lock (_gate)
        {
            outbox = Phase == LegPhase.Closed || visible is null ? null : _outbox ??= CreateOutbox();
        }

        return outbox is null || outbox.Writer.TryWrite(visible!)
            ? ValueTask.CompletedTask
            : WriteAsync(outbox, visible!, cancellationToken);
    }

    /// <summary>The token cancels the call until the leg has its outcome.</summary>
    public void AbandonWith(Action<CallLeg> abandon, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _abandonment = cancellationToken.UnsafeRegister(
                static state =>
                {
                    var (leg, act) = ((CallLeg, Action<CallLeg>))state!;
                    act(leg);
                },
                (this, abandon));
        }
    }

    /// <summary>
    /// Ends it with a value; what was emitted and not handed over is dropped. False when it has its outcome already.
    /// </summary>
    public bool TryAnswer(McpOutcome outcome)
    {
        Close();
        Done = true;
        return TrySettle(outcome);
    }

    /// <summary>Turns it to a stream: the ticket goes out, and the frames to who reads them.</summary>
    public void BeginStream(long now)
    {
        lock (_gate)
        {
            _outbox ??= CreateOutbox();
            Phase = LegPhase.Streaming;
        }

        SinceAt = now;
        TrySettle(McpOutcome.Streaming(new StreamTicket(Id, 0)));
    }

    /// <summary>Ends a leg that streams: the last frame goes behind all that were emitted before it.</summary>
    public async ValueTask EndStreamAsync(McpFrame last)
    {
        Channel<McpFrame>? outbox;
        lock (_gate)
        {
            outbox = Phase == LegPhase.Streaming ? _outbox : null;
            Phase = LegPhase.Closed;
        }

        if (outbox is not null)
        {
            await WriteAsync(outbox, last, CancellationToken.None);
            outbox.Writer.TryComplete();
        }
    }

    /// <summary>Nobody wants more of it: what is emitted from now on is dropped, and who reads it ends.</summary>
    public void Close()
    {
        Channel<McpFrame>? outbox;
        lock (_gate)
        {
            outbox = _outbox;
            Phase = LegPhase.Closed;
        }

        outbox?.Writer.TryComplete();
    }

    private static async ValueTask WriteAsync(
        Channel<McpFrame> outbox, McpFrame frame, CancellationToken cancellationToken)
    {
        try
        {
            await outbox.Writer.WriteAsync(frame, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // The leg ended while this frame waited for room: what comes after a call's end is dropped.
        }
    }

    private Channel<McpFrame> CreateOutbox() => Channel.CreateBounded<McpFrame>(
        new BoundedChannelOptions(Call.OutboxFramesMax) { SingleReader = true });

    private bool TrySettle(McpOutcome outcome)
    {
        _abandonment.Unregister();
        return _outcome.TrySetResult(outcome);
    }
}
