using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>
/// The first thing that a stopping process does: its instances take no more calls, those in flight may end, and what
/// has not ended then is answered, while everything that the answers need still runs.
/// </summary>
internal sealed partial class InstanceDrain(
    IOptions<InstanceOptions> options, TimeProvider time, ILogger<InstanceDrain> logger, NodeReach? reach = null)
    : IHostedLifecycleService
{
    private static readonly McpFault Stopping =
        new(FaultReason.Unavailable, "The process is stopping; nothing was run.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    private static readonly McpFault Moving =
        new(FaultReason.Moving, "The instance moves to another node; nothing was run.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    private readonly ConcurrentDictionary<CallDrain, string> _instances = [];
    private volatile McpFault? _refusal;

    /// <summary>What a call is told that comes now; null while calls are taken.</summary>
    public McpFault? Refusal => _refusal;

    public void Add(CallDrain instance, string key) => _instances[instance] = key;

    public void Remove(CallDrain instance) => _instances.TryRemove(instance, out _);

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _refusal = reach is { HasOtherNodes: true } ? Moving : Stopping;
        var drained = Task.WhenAll(_instances.Keys.Select(instance => instance.DrainAsync()));
        try
        {
            await drained.WaitAsync(options.Value.DrainTimeout * 2, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogIncomplete();
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
