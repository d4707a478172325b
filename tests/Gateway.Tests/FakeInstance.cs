using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;
using Smcp.Servers.Deploying;
using Smcp.Tasks;

namespace Smcp;

/// <summary>An instance that answers as a test tells it, and shows what reached it.</summary>
internal sealed class FakeInstance : IInstanceGrain
{
    private readonly TaskCompletionSource _followed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _readerGone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a call returns; by default its own params as the result.</summary>
    public Func<InstanceCall, McpOutcome> OnCall { get; set; } = call =>
        McpOutcome.Answered(McpReply.Result(call.Call.Params.IsEmpty ? "{}"u8.ToArray() : call.Call.Params));

    /// <summary>The tools that <c>tools/list</c> shows, as raw JSON.</summary>
    public string Tools { get; set; } = "[]";

    /// <summary>What followers and listeners are sent, until the test completes it.</summary>
    public Channel<McpFrame> Frames { get; } = Channel.CreateUnbounded<McpFrame>();

    public List<(CallContext Context, InstanceCall Call)> Calls { get; } = [];

    /// <summary>Completes when somebody reads frames.</summary>
    public Task Followed => _followed.Task;

    /// <summary>Completes when the reader of frames went away before their end.</summary>
    public Task ReaderGone => _readerGone.Task;

    public static McpFrame Notification(string method, string parameters) =>
        new() { Kind = McpFrameKind.Notification, Method = method, Body = Encoding.UTF8.GetBytes(parameters) };

    public static McpFrame Result(string json) =>
        new() { Kind = McpFrameKind.Result, Body = Encoding.UTF8.GetBytes(json) };

    public static McpFrame Error(string json) =>
        new() { Kind = McpFrameKind.Error, Body = Encoding.UTF8.GetBytes(json) };

    /// <summary>Every later call turns to a stream.</summary>
    public void Stream() => OnCall = call => McpOutcome.Streaming(new StreamTicket(call.Id, 0));

    public ValueTask<McpOutcome> CallAsync(CallContext context, InstanceCall call, CancellationToken cancellationToken)
    {
        if (call.Call.Method == "tools/list")
        {
            return new(McpOutcome.Answered(McpReply.Result(Encoding.UTF8.GetBytes($"{{\"tools\":{Tools}}}"))));
        }

        lock (Calls)
        {
            Calls.Add((context, call));
        }

        return new(OnCall(call));
    }

    public IAsyncEnumerable<McpFrame> FollowAsync(
        CallContext context, CallId call, CancellationToken cancellationToken) =>
        ReadAsync(cancellationToken);

    public IAsyncEnumerable<McpFrame> ListenAsync(
        CallContext context, InstanceCall listen, CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    public ValueTask<McpOutcome> OpenPeerAsync(
        CallContext context, InstancePeer peer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask ClosePeerAsync(string session, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask CancelAsync(
        CallContext context, CallId call, string? reason, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask AnswerAsync(
        CallContext context, CallId call, string questionId, McpReply answer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask NotifyAsync(
        CallContext context, string session, McpCall notification, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask SubscribeAsync(
        CallContext context, string session, IReadOnlyList<string> uris, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<CallId>> AttachAsync(
        string session, IReadOnlyList<CallId> calls, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> ContinueTaskAsync(
        CallId run, IReadOnlyList<TaskAnswer> answers, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask StopTaskAsync(CallId run, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private async IAsyncEnumerable<McpFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _followed.TrySetResult();
        var atEnd = false;
        try
        {
            await foreach (var frame in Frames.Reader.ReadAllAsync(cancellationToken))
            {
                atEnd = frame.Kind is McpFrameKind.Result or McpFrameKind.Error;
                yield return frame;
            }
        }
        finally
        {
            if (!atEnd)
            {
                _readerGone.TrySetResult();
            }
        }
    }

    public ValueTask<ManifestOutcome> ReadManifestAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask EndAsync(McpFault why, CancellationToken cancellationToken) => throw new NotSupportedException();
}
