using Smcp.Servers;

namespace Smcp.Runtimes;

/// <summary>Starts servers of one kind.</summary>
public interface IServerRuntimeFactory
{
    RuntimeKind Kind { get; }

    /// <summary>Starts a server for an instance.</summary>
    ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken);
}
