using Smcp.Reminders;

namespace Smcp.Storage;

/// <summary>Removes a reminder, if it is set.</summary>
internal sealed class ReminderRemove(ReminderAddress address, CancellationToken cancellationToken)
    : StorageWrite(0, cancellationToken)
{
    protected override long ApplyCore(WriterStatements statements) =>
        statements.DeleteReminder.Bind(1, address.GrainType).Bind(2, address.GrainKey).Bind(3, address.Name).Run();
}
