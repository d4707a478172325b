using System.Collections.Concurrent;
using System.Threading.Channels;
using Smcp.Mcp;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>
/// A runtime that does with each request what a test tells it, on the thread pool as a real one would.
/// </summary>
internal sealed class ScriptedRuntime(RuntimeStart start, IRuntimeEvents events) : IServerRuntime
{
    private readonly ConcurrentDictionary<string, RuntimePeer> _peers = [];

    public RuntimeStart Start { get; } = start;

    public IRuntimeEvents Events { get; } = events;

    /// <summary>What a request does. By default it is answered at once with an empty result.</summary>
    public Func<RuntimeCall, CancellationToken, Task<McpReply>> OnInvoke { get; set; } =
        (_, _) => Task.FromResult(McpReply.Result("{}"u8.ToArray()));

    /// <summary>The requests that reached it.</summary>
    public ConcurrentQueue<RuntimeCall> Invoked { get; } = [];

    public Channel<McpCall> Notified { get; } = Channel.CreateUnbounded<McpCall>();

    public bool Disposed { get; private set; }

    public Dictionary<string, TaskSupport> Tasks { get; } = [];

    public IReadOnlyDictionary<string, TaskSupport> TaskTools => Tasks;

    public bool HasPeer(string session) => _peers.ContainsKey(session);

    public ValueTask<McpReply> OpenPeerAsync(RuntimePeer peer, CancellationToken cancellationToken)
    {
        _peers[peer.Session] = peer;
        return ValueTask.FromResult(McpReply.Result("""{"protocolVersion":"2025-11-25"}"""u8.ToArray()));
    }

    public ValueTask ClosePeerAsync(string session)
    {
        _peers.TryRemove(session, out _);
        return ValueTask.CompletedTask;
    }

    public ValueTask<McpReply> InvokeAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        Invoked.Enqueue(call);
        return new ValueTask<McpReply>(Task.Run(() => OnInvoke(call, cancellationToken), CancellationToken.None));
    }

    public ValueTask NotifyAsync(string? session, McpCall notification, CancellationToken cancellationToken) =>
        Notified.Writer.WriteAsync(notification, cancellationToken);

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
