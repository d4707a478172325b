using System.Collections.Concurrent;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>Runs programs that only say which version they are of: for tests of which version serves whom.</summary>
internal sealed class NumberedRuntimeFactory : IServerRuntimeFactory
{
    public ConcurrentQueue<NumberedRuntime> Started { get; } = [];

    public RuntimeKind Kind => RuntimeKind.Process;

    public ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken)
    {
        var runtime = new NumberedRuntime(start.Definition.Deployed!);
        Started.Enqueue(runtime);
        return ValueTask.FromResult<IServerRuntime>(runtime);
    }
}
