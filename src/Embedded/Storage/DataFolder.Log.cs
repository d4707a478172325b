using Microsoft.Extensions.Logging;

namespace Smcp.Storage;

internal sealed partial class DataFolder
{
    [LoggerMessage(
        EventIds.StorageFolderOpen,
        LogLevel.Warning,
        "The data folder {Path} holds other things and may be entered by other users. A folder of its own is safer.")]
    private static partial void LogFolderOpen(ILogger logger, string path);
}
