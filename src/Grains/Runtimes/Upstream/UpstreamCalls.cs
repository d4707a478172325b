using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// The calls in flight of one conversation, and what its server says where the carrier does not tell which of them it
/// is about.
/// </summary>
internal sealed partial class UpstreamCalls(
    UpstreamAudience audience, UpstreamRuntimeOptions options, TimeProvider time, ILogger logger) : IUpstreamExchange
{
    private readonly ConcurrentDictionary<long, UpstreamCall> _calls = [];
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource<UpstreamCall>> _unclaimed = [];
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _listens = [];
    private long _lastToken;

    /// <summary>What a server hears that asks, and nobody can be asked.</summary>
    public static McpReply NobodyToAsk { get; } = McpReply.Error(
        JsonRpcWriter.Error(McpErrorCodes.MethodNotFound, "There is no client that can be asked."));

    public bool IsShared => audience.IsEverybody;

    public int Count => _calls.Count;

    /// <summary>The call that a progress notification is about; -1 for none of ours.</summary>
    public static long TokenOf(McpFrame notification) =>
        NumberOf(UpstreamJson.Member(notification.Body, "progressToken"u8));

    /// <summary>Takes up a call. A question that waits for one is asked by it.</summary>
    public UpstreamCall Begin(UpstreamClient client, RuntimeCall call)
    {
        var begun = new UpstreamCall(this, client, call, Interlocked.Increment(ref _lastToken));
        _calls[begun.Token] = begun;
        if (begun.CanAsk)
        {
            ClaimFor(begun);
        }

        return begun;
    }

    /// <summary>The call has its answer, and gives it once no question needs it any more.</summary>
    public async ValueTask EndAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        try
        {
            await call.CloseAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Its client wants neither answer nor question.
        }
        finally
        {
            _calls.TryRemove(call.Token, out _);
        }
    }

    /// <inheritdoc/>
    public ValueTask NotifiedAsync(McpFrame notification)
    {
        switch (notification.Method)
        {
            case McpMethods.Progress:
                return _calls.TryGetValue(TokenOf(notification), out var call)
                    ? call.NotifiedAsync(notification)
                    : ValueTask.CompletedTask;
            case McpMethods.Message when Only() is { } only:
                return only.NotifiedAsync(notification);
            case McpMethods.Message when IsShared:
                // Whose it is nobody can tell, so it is nobody's.
                return ValueTask.CompletedTask;
            case McpMethods.SubscriptionsAcknowledged:
                Acknowledge(ListenOf(notification));
                return ValueTask.CompletedTask;
            case McpMethods.TaskStatus or McpMethods.TaskNotification:
                return ValueTask.CompletedTask;
            default:
                audience.Tell(notification);
                return ValueTask.CompletedTask;
        }
    }

    /// <summary>
    /// Completes when the server says that it listens for what a request of ours asked it to, or when that is over.
    /// Asked for before the request is sent.
    /// </summary>
    public Task AcknowledgedAsync(long listen) => _listens.GetOrAdd(
        listen, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The server listens for what this request asked it to, or never will.</summary>
    public void Acknowledge(long listen)
    {
        if (_listens.TryRemove(listen, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<McpReply> AskedAsync(InputRequest question, CancellationToken cancellationToken)
    {
        if (IsShared || await ClaimAsync(question, cancellationToken) is not { } call)
        {
            return NobodyToAsk;
        }

        try
        {
            return await call.AskedAsync(question, cancellationToken);
        }
        finally
        {
            call.Release();
        }
    }

    /// <summary>The <c>subscriptions/listen</c> that a notification is about; -1 for none of ours.</summary>
    private static long ListenOf(McpFrame notification) => NumberOf(UpstreamJson.Member(
        UpstreamJson.Member(notification.Body, "_meta"u8), "io.modelcontextprotocol/subscriptionId"u8));

    private static long NumberOf(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        return !json.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.Number
            && reader.TryGetInt64(out var number)
            ? number
            : -1;
    }

    private UpstreamCall? Only()
    {
        using var calls = _calls.GetEnumerator();
        var first = calls.MoveNext() ? calls.Current.Value : null;
        return calls.MoveNext() ? null : first;
    }

    /// <summary>
    /// A call that a question can be asked by: the oldest in flight, or else the next, held until the answer is there.
    /// All calls of a conversation are of one client, so it is the right one that is asked.
    /// </summary>
    private async ValueTask<UpstreamCall?> ClaimAsync(InputRequest question, CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource<UpstreamCall>> waiting;
        lock (_gate)
        {
            if (_calls.Values.Where(c => c.CanAsk).OrderBy(c => c.Token).FirstOrDefault(c => c.TryHold()) is { } call)
            {
                return call;
            }

            waiting = _unclaimed.AddLast(
                new TaskCompletionSource<UpstreamCall>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            return await waiting.Value.Task.WaitAsync(options.QuestionPatience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return GiveUp(waiting, question);
        }
    }

    private UpstreamCall? GiveUp(LinkedListNode<TaskCompletionSource<UpstreamCall>> waiting, InputRequest question)
    {
        lock (_gate)
        {
            if (waiting.List is null)
            {
                return waiting.Value.Task.Result;
            }

            _unclaimed.Remove(waiting);
        }

        LogUnclaimed(McpMethods.LabelOf(question.Method));
        return null;
    }

    private void ClaimFor(UpstreamCall call)
    {
        lock (_gate)
        {
            while (_unclaimed.First is { } waiting && call.TryHold())
            {
                _unclaimed.RemoveFirst();
                waiting.Value.TrySetResult(call);
            }
        }
    }
}
