using System.Collections.Concurrent;
using Smcp.Reminders;

namespace Smcp.Servers;

/// <summary>Reminders that live as long as the process.</summary>
internal sealed class MemoryReminders : IReminderStore
{
    private readonly ConcurrentDictionary<ReminderAddress, Reminder> _set = new();

    public ValueTask SetAsync(Reminder reminder, CancellationToken cancellationToken)
    {
        _set[reminder.Address] = reminder;
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(ReminderAddress address, CancellationToken cancellationToken)
    {
        _set.TryRemove(address, out _);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> AdvanceAsync(
        Reminder found, DateTimeOffset nextDueAt, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_set.TryUpdate(found.Address, found with { DueAt = nextDueAt }, found));

    public ValueTask<IReadOnlyList<Reminder>> ReadDueAsync(
        DateTimeOffset at, int itemsMax, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Reminder>>(
            [.. _set.Values.Where(r => r.DueAt <= at).OrderBy(r => r.DueAt).Take(itemsMax)]);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(_set.IsEmpty ? null : (DateTimeOffset?)_set.Values.Min(r => r.DueAt));
}
