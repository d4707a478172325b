using Microsoft.Extensions.Logging;

namespace Smcp.Storage;

internal sealed partial class WalKeeper
{
    [LoggerMessage(
        EventIds.StorageCheckpointFailed, LogLevel.Warning, "The write-ahead log could not be copied back: {Reason}.")]
    private partial void LogCheckpointFailed(string reason, Exception exception);

    [LoggerMessage(
        EventIds.StorageWalHeld,
        LogLevel.Warning,
        "The write-ahead log grew to {Bytes} bytes: a program that reads the database holds an old snapshot.")]
    private partial void LogWalHeld(long bytes);
}
