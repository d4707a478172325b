using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Runtimes.Upstream;
using Smcp.Servers;

namespace Smcp.Runtimes.Process;

/// <summary>
/// Starts servers that are programs. The program itself starts when a client comes, once for each.
/// </summary>
internal sealed class ProcessRuntimeFactory(
    ProcessStarter starter,
    IOptions<ProcessRuntimeOptions> options,
    IOptions<UpstreamRuntimeOptions> upstream,
    TimeProvider time,
    ILoggerFactory loggerFactory) : IServerRuntimeFactory
{
    private readonly ILogger _logger = loggerFactory.CreateLogger<ProcessRuntimeFactory>();

    /// <inheritdoc/>
    public RuntimeKind Kind => RuntimeKind.Process;

    /// <inheritdoc/>
    public async ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken)
    {
        var plan = await starter.PlanAsync(start, cancellationToken);
        var links = new ProcessLinks(
            plan, starter, new CrashBackoffs(options.Value, time),
            new ProcessTerms(options.Value, upstream.Value, time, _logger)
            {
                Note = events.Note,
                Wrote = events.Wrote,
            });
        events.Note(RuntimeNote.Rests);
        return ProcessRuntime.Create(links, new UpstreamTerms(links, events, upstream.Value, time, _logger));
    }
}
