using Microsoft.Extensions.Logging;

namespace Smcp.Security.Encryption.Upkeep;

internal sealed partial class MasterRotation
{
    [LoggerMessage(
        EventIds.DataKeysRewrapped, LogLevel.Information,
        "The data keys of {Count} tenants are wrapped with master key {Version} now")]
    private partial void LogRewrapped(int count, int version);
}
