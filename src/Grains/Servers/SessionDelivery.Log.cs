using Microsoft.Extensions.Logging;

namespace Smcp.Servers;

internal sealed partial class SessionDelivery
{
    [LoggerMessage(EventIds.DeliveryFailed, LogLevel.Warning,
        "Instance {Instance} could not deliver to a session, the last time at attempt {Attempt}.")]
    private partial void LogDeliveryFailed(Exception exception, string instance, int attempt);

    [LoggerMessage(EventIds.DeliveryRepeated, LogLevel.Debug,
        "A delivery of instance {Instance} to a session failed at attempt {Attempt} and is repeated.")]
    private partial void LogDeliveryRepeated(Exception exception, string instance, int attempt);

    [LoggerMessage(EventIds.SessionNotEnded, LogLevel.Warning,
        "A session of instance {Instance} could not be told that it ended; it finds out by itself.")]
    private partial void LogSessionNotEnded(Exception exception, string instance);
}
