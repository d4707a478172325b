using Smcp.Mcp;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Upstream.Http;

namespace Smcp.Runtimes.Worker;

/// <summary>
/// The conversations with a worker: each client has its own, and all go to the one process that runs at the moment.
/// </summary>
internal sealed class WorkerLinks(
    WorkerRuntime worker, string path, UpstreamRuntimeOptions upstream, HttpLinkOptions http, TimeProvider time)
    : IUpstreamLinks
{
    private readonly HttpLinkTarget _target = new(
        new Uri(new Uri("http://worker"), path), new HttpMessageInvoker(new WorkerHandler(worker, time)));

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public UpstreamEra? Era => null;

    /// <inheritdoc/>
    public bool IsOnePlace => true;

    /// <inheritdoc/>
    public bool ChecksAtRest => false;

    /// <inheritdoc/>
    public bool IsRunning => worker.Running is not null;

    /// <inheritdoc/>
    public ValueTask RestartAsync() => worker.RestartAsync();

    /// <inheritdoc/>
    public async ValueTask<UpstreamOpening> OpenAsync(UpstreamClient client, CancellationToken cancellationToken)
    {
        try
        {
            await worker.ProcessAsync(cancellationToken);
            return UpstreamOpening.Opened(new HttpLink(_target, upstream, http, time));
        }
        catch (WorkerUnavailableException exception)
        {
            return UpstreamOpening.Refused(
                exception.Fault ?? new McpFault(FaultReason.Unavailable, exception.Message));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _target.Http.Dispose();
        await worker.DisposeAsync();
    }
}
