using Microsoft.Extensions.Logging;

namespace Smcp.Security.Encryption.Upkeep;

internal sealed partial class TenantRotation
{
    [LoggerMessage(EventIds.RowsRenewed, LogLevel.Information, "{Count} rows of {Owner} were encrypted anew")]
    private partial void LogRenewed(string owner, long count);

    [LoggerMessage(
        EventIds.DataKeyRotated, LogLevel.Information,
        "Everything of {Owner} is encrypted with data key {Key}; those before it are destroyed")]
    private partial void LogRotated(string owner, int key);
}
