using Smcp.Reminders;

namespace Smcp.Storage;

/// <summary>Moves a reminder to its next time if it is still as it was found. Its result is 1 then, else 0.</summary>
internal sealed class ReminderAdvance(Reminder found, DateTimeOffset nextDueAt, CancellationToken cancellationToken)
    : StorageWrite(0, cancellationToken)
{
    protected override long ApplyCore(WriterStatements statements)
    {
        var address = found.Address;
        return statements.AdvanceReminder.Bind(1, address.GrainType).Bind(2, address.GrainKey).Bind(3, address.Name)
            .Bind(4, found.DueAt.ToUnixTimeMilliseconds()).Bind(5, nextDueAt.ToUnixTimeMilliseconds()).Run();
    }
}
