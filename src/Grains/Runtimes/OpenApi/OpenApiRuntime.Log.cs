using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.OpenApi;

internal sealed partial class OpenApiRuntime
{
    [LoggerMessage(EventIds.ApiCredentialMissing, LogLevel.Warning,
        "{Server}: the credential for {Scheme} is not there; calls that need it are not made")]
    public static partial void LogCredentialMissing(ILogger logger, string server, string scheme);

    [LoggerMessage(EventIds.ApiTokenRefused, LogLevel.Warning,
        "{Server}: no token was given for {Scheme} (HTTP {Status}; 0: no answer)")]
    public static partial void LogTokenRefused(ILogger logger, string server, string scheme, int status);
}
