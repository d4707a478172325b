using Microsoft.Extensions.Logging;

namespace Smcp.Storage;

internal sealed partial class BlobStore
{
    [LoggerMessage(
        EventIds.BlobsOpened, LogLevel.Information, "Opened the container {Container} of {Host}, schema {Schema}.")]
    private partial void LogOpened(string container, string host, int schema);

    [LoggerMessage(
        EventIds.BlobsFailing,
        LogLevel.Error,
        "The blob service fails: {Reason}. Reads and writes are refused until one succeeds; "
            + "nothing acknowledged is lost.")]
    private partial void LogFailing(string reason, Exception? exception);

    [LoggerMessage(EventIds.BlobsRecovered, LogLevel.Information, "The blob service answers again.")]
    private partial void LogRecovered();
}
