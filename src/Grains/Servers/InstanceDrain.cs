using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Smcp.Servers;

/// <summary>
/// The first thing that a stopping process does: its instances take no more calls, those in flight may end, and what
/// has not ended then is answered, while everything that the answers need still runs.
/// </summary>
internal sealed partial class InstanceDrain(
    IOptions<InstanceOptions> options, TimeProvider time, ILogger<InstanceDrain> logger) : IHostedLifecycleService
{
    private readonly ConcurrentDictionary<CallDrain, string> _instances = [];
    private volatile bool _isStopping;

    public bool IsStopping => _isStopping;

    public void Add(CallDrain instance, string key) => _instances[instance] = key;

    public void Remove(CallDrain instance) => _instances.TryRemove(instance, out _);

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
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
