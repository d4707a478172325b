using System.Globalization;
using Smcp.Wire;

namespace Smcp.Storage;

/// <summary>Reminders of another store, in a nodes' own row until the cluster takes them in at its start.</summary>
[Wire("reminder-import", 1)]
public sealed record ReminderImport
{
    public IReadOnlyList<ImportedReminder> Reminders { get; init; } = [];

    /// <summary>Where the chunk of a number stands; they begin at 0, without gaps.</summary>
    public static StateAddress AddressOf(int chunk) =>
        new("reminder-import", chunk.ToString("d6", CultureInfo.InvariantCulture), "chunk");
}
