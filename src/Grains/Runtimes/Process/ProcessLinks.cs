using Smcp.Hosting;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Upstream;

namespace Smcp.Runtimes.Process;

/// <summary>
/// The conversations with a program: a process for each client, or one where it is declared stateless.
/// </summary>
internal sealed class ProcessLinks(
    ProcessPlan plan, ProcessStarter starter, CrashBackoffs backoffs, ProcessTerms terms) : IUpstreamLinks
{
    private static readonly McpFault NotStarted =
        new(FaultReason.Unavailable, "The server's program cannot be started here; nothing was run.");

    private static readonly McpFault Resting =
        new(FaultReason.Unavailable, "The server's program ended too often and rests for a while; nothing was run.");

    private readonly CancellationTokenSource _killed = new();

    public string Name => plan.Name;

    /// <inheritdoc/>
    public bool IsShared => plan.Process.IsStateless;

    /// <inheritdoc/>
    public UpstreamEra? Era => null;

    /// <inheritdoc/>
    public async ValueTask<UpstreamOpening> OpenAsync(UpstreamClient client, CancellationToken cancellationToken)
    {
        PrincipalId? served = IsShared ? null : client.Caller.Principal;
        if (!backoffs.MayStart(served))
        {
            return UpstreamOpening.Refused(Resting);
        }

        try
        {
            var running = await starter.StartAsync(plan, cancellationToken);
            var process = new ProcessLife(running, (backoffs, served), plan.Name, terms, _killed.Token);
            return UpstreamOpening.Opened(new StreamLink(
                running.Jail.Output, running.Jail.Input, terms.Upstream, terms.Time, terms.Logger, process));
        }
        catch (Exception exception) when (exception is JailUnavailableException or ServerDataUnavailableException)
        {
            ProcessRuntime.LogNotStarted(terms.Logger, plan.Name, exception.Message);
            return UpstreamOpening.Refused((exception as JailUnavailableException)?.Fault ?? NotStarted);
        }
    }

    /// <inheritdoc/>
    public void Kill() => _killed.Cancel();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        plan.Dispose();
        return ValueTask.CompletedTask;
    }
}
