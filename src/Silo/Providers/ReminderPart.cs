namespace Smcp.Providers;

/// <summary>The reminders of the grains whose hash begins with one byte, as the store has them.</summary>
internal sealed record ReminderPart
{
    /// <summary>The tag that was given last.</summary>
    public long LastTag { get; init; }

    public IReadOnlyList<StoredReminder> Reminders { get; init; } = [];
}
