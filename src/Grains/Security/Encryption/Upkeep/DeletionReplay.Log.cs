using Microsoft.Extensions.Logging;

namespace Smcp.Security.Encryption.Upkeep;

internal sealed partial class DeletionReplay
{
    [LoggerMessage(
        EventIds.KeyDeletionsReplayed, LogLevel.Warning,
        "The store is older than {Deletions} destructions of keys, which are done again before anybody is served")]
    private partial void LogReplays(int deletions);
}
