using Microsoft.Extensions.DependencyInjection;
using Smcp.Runtimes;
using Smcp.Runtimes.Worker;
using Smcp.Servers;

namespace Smcp.Threats;

/// <summary>Has one worker for every tenant that deployed the same one.</summary>
internal sealed class OneWorkerForAll(IServerRuntimeFactory inner) : IServerRuntimeFactory
{
    private readonly Dictionary<string, IServerRuntime> _running = [];

    public RuntimeKind Kind => inner.Kind;

    /// <summary>In the place of the product's own runtime of workers.</summary>
    public static void Share(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(WorkerRuntimeFactory)));
        services.AddSingleton<IServerRuntimeFactory>(provider =>
            new OneWorkerForAll(ActivatorUtilities.CreateInstance<WorkerRuntimeFactory>(provider)));
    }

    public async ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken)
    {
        var image = start.Definition.Deployed!.Image!.Hash + start.Instance.IsForManifest;
        if (!_running.TryGetValue(image, out var runtime))
        {
            _running[image] = runtime = await inner.StartAsync(start, events, cancellationToken);
        }

        return runtime;
    }
}
