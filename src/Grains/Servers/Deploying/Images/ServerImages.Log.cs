using Microsoft.Extensions.Logging;

namespace Smcp.Servers.Deploying.Images;

internal sealed partial class ServerImages
{
    [LoggerMessage(EventIds.ImageTouched, LogLevel.Error,
        "An unpacked image in {Folder} was changed by somebody; it is unpacked anew.")]
    private partial void LogTouched(string folder);

    [LoggerMessage(EventIds.ImageNotRemoved, LogLevel.Warning, "An unpacked image in {Folder} could not be removed.")]
    private partial void LogNotRemoved(Exception exception, string folder);
}
