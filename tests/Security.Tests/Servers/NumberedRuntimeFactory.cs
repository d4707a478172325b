using System.Collections.Concurrent;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>Runs programs that only say which version they are of: for tests of which version serves whom.</summary>
internal sealed class NumberedRuntimeFactory : IServerRuntimeFactory
{
    public ConcurrentQueue<NumberedRuntime> Started { get; } = [];

    /// <summary>Prepares each as it starts.</summary>
    public Action<NumberedRuntime> OnStart { get; set; } = _ => { };

    /// <summary>Whether their processes begin with what reaches them; those that did are here.</summary>
    public ConcurrentQueue<RestingRuntime>? Resting { get; set; }

    public RuntimeKind Kind => RuntimeKind.Process;

    public ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken)
    {
        var runtime = new NumberedRuntime(start.Definition.Deployed!, events);
        OnStart(runtime);
        Started.Enqueue(runtime);
        if (Resting is not { } resting)
        {
            return ValueTask.FromResult<IServerRuntime>(runtime);
        }

        var rests = new RestingRuntime(runtime);
        resting.Enqueue(rests);
        return ValueTask.FromResult<IServerRuntime>(rests);
    }
}
