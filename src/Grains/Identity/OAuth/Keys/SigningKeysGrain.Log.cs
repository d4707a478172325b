using Microsoft.Extensions.Logging;

namespace Smcp.Identity.OAuth.Keys;

internal partial class SigningKeysGrain
{
    [LoggerMessage(
        EventIds.SigningKeysChanged, LogLevel.Information,
        "The signing keys changed: {Count} are published, {KeyId} signs")]
    private static partial void LogChanged(ILogger logger, int count, string keyId);

    [LoggerMessage(
        EventIds.SigningKeyRevoked, LogLevel.Warning,
        "The signing key {KeyId} is destroyed: tokens that it signed are void")]
    private static partial void LogRevoked(ILogger logger, string keyId);
}
