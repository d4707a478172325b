using Smcp.Reminders;

namespace Smcp.Storage;

/// <summary>Sets a reminder, in place of one of the same address.</summary>
internal sealed class ReminderSet(Reminder reminder, CancellationToken cancellationToken)
    : StorageWrite(0, cancellationToken)
{
    protected override long ApplyCore(WriterStatements statements)
    {
        var address = reminder.Address;
        return statements.SetReminder.Bind(1, address.GrainType).Bind(2, address.GrainKey).Bind(3, address.Name)
            .Bind(4, reminder.DueAt.ToUnixTimeMilliseconds()).Bind(5, (long)reminder.Period.TotalMilliseconds).Run();
    }
}
