using Microsoft.Extensions.Logging;

namespace Smcp.Servers;

internal sealed partial class SessionDelivery
{
    [LoggerMessage(EventIds.DeliveryFailed, LogLevel.Warning,
        "Instance {Instance} could not deliver to a session; attempt {Attempt}.")]
    private partial void LogDeliveryFailed(Exception exception, string instance, int attempt);
}
