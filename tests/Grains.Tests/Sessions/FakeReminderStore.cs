using System.Collections.Concurrent;
using Smcp.Reminders;

namespace Smcp.Sessions;

/// <summary>Reminders in memory. Share one between engines to see what a restart finds.</summary>
internal sealed class FakeReminderStore : IReminderStore
{
    private readonly ConcurrentDictionary<ReminderAddress, Reminder> _reminders = new();

    public IReadOnlyCollection<ReminderAddress> Set => [.. _reminders.Keys];

    public ValueTask SetAsync(Reminder reminder, CancellationToken cancellationToken)
    {
        _reminders[reminder.Address] = reminder;
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(ReminderAddress address, CancellationToken cancellationToken)
    {
        _reminders.TryRemove(address, out _);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> AdvanceAsync(
        Reminder found, DateTimeOffset nextDueAt, CancellationToken cancellationToken) =>
        new(_reminders.TryUpdate(found.Address, found with { DueAt = nextDueAt }, found));

    public ValueTask<IReadOnlyList<Reminder>> ReadDueAsync(
        DateTimeOffset at, int itemsMax, CancellationToken cancellationToken) =>
        new([.. _reminders.Values.Where(r => r.DueAt <= at).OrderBy(r => r.DueAt).Take(itemsMax)]);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        new(_reminders.IsEmpty ? null : _reminders.Values.Min(r => r.DueAt));
}
