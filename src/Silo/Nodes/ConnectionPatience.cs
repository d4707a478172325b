using Microsoft.Extensions.Options;

namespace Smcp.Nodes;

/// <summary>Lets a gateway that starts before any silo wait for one.</summary>
internal sealed partial class ConnectionPatience(
    TimeProvider time, IOptions<NodeOptions> options, ILogger<ConnectionPatience> logger)
    : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly long _begunAt = time.GetTimestamp();

    async Task<bool> IClientConnectionRetryFilter.ShouldRetryConnectionAttempt(
        Exception exception, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_begunAt) >= options.Value.ConnectTimeout)
        {
            return false;
        }

        LogNotReached(exception.Message);
        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }
}
