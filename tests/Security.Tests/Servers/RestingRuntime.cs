using System.Collections.Concurrent;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>A program whose process begins with the first request that reaches it.</summary>
internal sealed class RestingRuntime(NumberedRuntime inner) : IRestingRuntime
{
    public ConcurrentQueue<string> Reached { get; } = [];

    public NumberedRuntime Inner => inner;

    public IReadOnlyDictionary<string, TaskSupport> TaskTools => inner.TaskTools;

    public bool IsAwake(string? session, CallContext caller, McpCall call) => !Reached.IsEmpty;

    public bool HasPeer(string session) => inner.HasPeer(session);

    public ValueTask<McpReply> OpenPeerAsync(RuntimePeer peer, CancellationToken cancellationToken)
    {
        Reached.Enqueue("initialize");
        return inner.OpenPeerAsync(peer, cancellationToken);
    }

    public ValueTask ClosePeerAsync(string session) => inner.ClosePeerAsync(session);

    public ValueTask NotifyAsync(string? session, McpCall notification, CancellationToken cancellationToken) =>
        inner.NotifyAsync(session, notification, cancellationToken);

    public ValueTask<McpReply> InvokeAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        Reached.Enqueue(call.Call.Method);
        return inner.InvokeAsync(call, cancellationToken);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
