using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Upstream.Http;
using Smcp.Runtimes.Worker.Configuring;
using Smcp.Servers;
using Smcp.Servers.Deploying.Images;

namespace Smcp.Runtimes.Worker;

/// <summary>Starts servers in JavaScript: reads the modules; a process runs when the first client comes.</summary>
internal sealed class WorkerRuntimeFactory(
    WorkerStarter starter,
    IOptions<WorkerRuntimeOptions> options,
    IOptions<UpstreamRuntimeOptions> upstream,
    IOptions<HttpLinkOptions> http,
    TimeProvider time,
    ServerImages images,
    ILoggerFactory loggerFactory) : IServerRuntimeFactory
{
    private readonly ILogger<WorkerRuntime> _logger = loggerFactory.CreateLogger<WorkerRuntime>();

    /// <inheritdoc/>
    public RuntimeKind Kind => RuntimeKind.Worker;

    /// <inheritdoc/>
    public async ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken)
    {
        if (start.Definition.Deployed is not { Settings: { Worker: { } worker } settings, Image: { } image })
        {
            throw new InvalidOperationException("The server has no image, or no settings of a worker.");
        }

        var server = new ServerKey(start.Instance.Tenant, start.Instance.Server);
        using var files = await images.OpenAsync(server, image, cancellationToken);
        var runtime = new WorkerRuntime(
            starter,
            new WorkerPlan
            {
                Tenant = start.Instance.Tenant,
                Server = start.Instance.Server,
                Settings = settings,
                Modules = await Task.Run(
                    () => WorkerModules.Of(files.Folder, worker.Main, options.Value), cancellationToken),
                Data = start.Data,
                Limits = WorkerLimits.Of(settings, options.Value),
                Wrote = events.Wrote,
            },
            options.Value,
            time,
            _logger)
        {
            OnNote = events.Note,
        };
        events.Note(RuntimeNote.Rests);
        return new UpstreamRuntime(new UpstreamTerms(
            new WorkerLinks(runtime, worker.Path, upstream.Value, http.Value, time),
            events,
            upstream.Value,
            time,
            _logger));
    }
}
