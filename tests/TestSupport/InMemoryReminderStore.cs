using System.Collections.Concurrent;
using Smcp.Reminders;

namespace Smcp.TestSupport;

/// <summary>Reminders in memory. Share one between engines to see what a restart finds.</summary>
internal sealed class InMemoryReminderStore : IReminderStore
{
    private readonly ConcurrentDictionary<ReminderAddress, Reminder> _reminders = new();

    /// <summary>What is to be reminded, in no order.</summary>
    public IReadOnlyCollection<ReminderAddress> Addresses => [.. _reminders.Keys];

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
        ValueTask.FromResult(_reminders.TryUpdate(found.Address, found with { DueAt = nextDueAt }, found));

    public ValueTask<IReadOnlyList<Reminder>> ReadDueAsync(
        DateTimeOffset at, int itemsMax, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Reminder>>(
            [.. _reminders.Values.Where(found => found.DueAt <= at).OrderBy(found => found.DueAt).Take(itemsMax)]);

    public ValueTask<IReadOnlyList<ReminderAddress>> ListBelowAsync(
        string path, int itemsMax, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ReminderAddress>>(
        [
            .. Addresses
                .Where(found => found.GrainKey == path
                    || found.GrainKey.StartsWith($"{path}/", StringComparison.Ordinal))
                .Take(itemsMax),
        ]);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reminders.IsEmpty ? null : (DateTimeOffset?)_reminders.Values.Min(found => found.DueAt));
}
