using Microsoft.Extensions.Logging;

namespace Smcp.Security.Encryption.Upkeep;

internal sealed partial class KeyDestruction
{
    [LoggerMessage(
        EventIds.DataKeysDestroyed, LogLevel.Warning,
        "The data keys of {Owner}, generation {Generation}, are destroyed: what it stored is lost")]
    private partial void LogDestroyed(string owner, int generation);

    [LoggerMessage(EventIds.DataKeysProvisioned, LogLevel.Information, "{Tenant} may store again, with new data keys")]
    private partial void LogProvisioned(string tenant);
}
