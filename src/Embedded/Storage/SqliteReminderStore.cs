using Smcp.Reminders;

namespace Smcp.Storage;

internal sealed class SqliteReminderStore(SqliteStore store) : IReminderStore
{
    public ValueTask SetAsync(Reminder reminder, CancellationToken cancellationToken)
    {
        Require(reminder.Address);
        return new(store.WriteAsync(new ReminderSet(reminder, cancellationToken)));
    }

    public ValueTask RemoveAsync(ReminderAddress address, CancellationToken cancellationToken)
    {
        Require(address);
        return new(store.WriteAsync(new ReminderRemove(address, cancellationToken)));
    }

    public async ValueTask<bool> AdvanceAsync(
        Reminder found, DateTimeOffset nextDueAt, CancellationToken cancellationToken)
    {
        Require(found.Address);
        return await store.WriteAsync(new ReminderAdvance(found, nextDueAt, cancellationToken)) == 1;
    }

    public ValueTask<IReadOnlyList<Reminder>> ReadDueAsync(
        DateTimeOffset at, int itemsMax, CancellationToken cancellationToken) =>
        store.ReadAsync((at, itemsMax), static (reader, to) => reader.ReadDue(to.at, to.itemsMax), cancellationToken);

    public ValueTask<IReadOnlyList<ReminderAddress>> ListBelowAsync(
        string path, int itemsMax, CancellationToken cancellationToken) =>
        store.ReadAsync(
            (path, itemsMax), static (reader, of) => reader.ListReminders(of.path, of.itemsMax), cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(0, static (reader, _) => reader.ReadNextDue(), cancellationToken);

    private void Require(ReminderAddress address)
    {
        KeyText.Require(address.GrainType, store.Options.KeyBytesMax);
        KeyText.Require(address.GrainKey, store.Options.KeyBytesMax);
        KeyText.Require(address.Name, store.Options.KeyBytesMax);
    }
}
