using Microsoft.Extensions.Logging;

namespace Smcp.Security.Encryption.Backup;

internal sealed partial class MaintenanceNotes
{
    [LoggerMessage(
        EventIds.MaintenanceNoteRefused, LogLevel.Warning,
        "{Note} is no note of this installation for its audit log: it is removed")]
    private partial void LogRefused(string note);
}
