namespace Smcp.Reminders;

/// <summary>
/// The reminders that are set. What a write acknowledged survives a crash and a loss of power. Times are kept to the
/// millisecond.
/// </summary>
internal interface IReminderStore
{
    /// <summary>Sets a reminder; one of the same address is replaced.</summary>
    ValueTask SetAsync(Reminder reminder, CancellationToken cancellationToken);

    /// <summary>Removes a reminder, if it is set.</summary>
    ValueTask RemoveAsync(ReminderAddress address, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a reminder that was found due to its next time, unless it was set anew or removed meanwhile: then false,
    /// and it is not to be called.
    /// </summary>
    ValueTask<bool> AdvanceAsync(Reminder found, DateTimeOffset nextDueAt, CancellationToken cancellationToken);

    /// <summary>The reminders due at a time or before, the longest due first, at most so many.</summary>
    ValueTask<IReadOnlyList<Reminder>> ReadDueAsync(
        DateTimeOffset at, int itemsMax, CancellationToken cancellationToken);

    /// <summary>
    /// Reminders of grains whose key is a path or lies below it (<c>acme</c>, <c>acme/…</c>), at most so many.
    /// </summary>
    ValueTask<IReadOnlyList<ReminderAddress>> ListBelowAsync(
        string path, int itemsMax, CancellationToken cancellationToken);

    /// <summary>When the next reminder is due; null where none is set.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);
}
