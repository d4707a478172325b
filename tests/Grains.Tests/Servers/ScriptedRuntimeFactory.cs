using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>Starts scripted runtimes, and remembers them.</summary>
internal sealed class ScriptedRuntimeFactory : IServerRuntimeFactory
{
    public List<ScriptedRuntime> Started { get; } = [];

    /// <summary>Prepares each runtime as it starts.</summary>
    public Action<ScriptedRuntime> OnStart { get; set; } = _ => { };

    public RuntimeKind Kind => RuntimeKind.CSharp;

    public ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken)
    {
        var runtime = new ScriptedRuntime(start, events);
        OnStart(runtime);
        Started.Add(runtime);
        return ValueTask.FromResult<IServerRuntime>(runtime);
    }
}
