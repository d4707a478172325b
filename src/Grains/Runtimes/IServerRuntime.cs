using Smcp.Mcp;

namespace Smcp.Runtimes;

/// <summary>
/// A server that runs, whatever it runs as. Life: created by its <see cref="IServerRuntimeFactory"/>, then peers are
/// opened and requests invoked in any number and order, then it is disposed, which ends what still runs with an error.
/// Thread-safe: its work goes on off the instance grain's scheduler. A peer is one session; null is all clients without
/// one.
/// </summary>
public interface IServerRuntime : ICallTarget, IAsyncDisposable
{
    /// <summary>
    /// The tools whose calls may or must become tasks; tools not named never do. The runtime only declares it: it runs
    /// such a tool by <see cref="ICallTarget.InvokeAsync"/> like any other, and the instance makes the task.
    /// </summary>
    IReadOnlyDictionary<string, TaskSupport> TaskTools { get; }

    /// <summary>Whether a session is known here.</summary>
    bool HasPeer(string session);

    /// <summary>
    /// Shows the server a client's <c>initialize</c> and returns its raw InitializeResult (or error).
    /// </summary>
    ValueTask<McpReply> OpenPeerAsync(RuntimePeer peer, CancellationToken cancellationToken);

    /// <summary>Forgets a session.</summary>
    ValueTask ClosePeerAsync(string session);

    /// <summary>Passes a client's notification on.</summary>
    ValueTask NotifyAsync(string? session, McpCall notification, CancellationToken cancellationToken);
}
