using Microsoft.Extensions.Logging;

namespace Smcp.Security.Encryption.Rows;

internal sealed partial class IndexFlusher
{
    [LoggerMessage(
        EventIds.RowIndexNotWritten, LogLevel.Error,
        "The index of encrypted rows could not be written: a row put back meanwhile would not be noticed")]
    private partial void LogFlushFailed(Exception exception);
}
