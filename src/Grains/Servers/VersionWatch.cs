using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>
/// Asks, while a version runs, whether it still serves anybody: a version that was revoked, or whose time to drain is
/// over, ends also where nobody calls it. Its timer keeps no instance alive.
/// </summary>
internal sealed class VersionWatch(
    IActivationContext activation, InstanceKey key, IEngineFailures failures, InstanceOptions options, Action onOver)
{
    private readonly CallContext _own = new()
    {
        Tenant = key.Tenant,
        Principal = PrincipalId.Parse("host"),
        Revision = string.Empty,
        CorrelationId = "version-watch",
    };

    private IDisposable? _timer;

    public void Begin()
    {
        if (key is { Version: not null, IsForManifest: false } && _timer is null)
        {
            _timer = activation.RegisterTimer(LookAsync, options.VersionWatchPeriod, options.VersionWatchPeriod);
        }
    }

    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var server = activation.Grains.Locate<IServerGrain>(new ServerKey(key.Tenant, key.Server).ToString());
            var lookup = await server.DescribeVersionAsync(
                _own, key.Version!.Value, isForManifest: false, cancellationToken);
            if (lookup.Fault is { Reason: FaultReason.SessionNotFound or FaultReason.ServerNotFound })
            {
                Stop();
                onOver();
            }
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            // Nobody said that it is over; it is asked again.
        }
    }
}
