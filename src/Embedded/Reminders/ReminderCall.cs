using Smcp.Engine;
using Smcp.Engine.Calls;

namespace Smcp.Reminders;

/// <summary>A reminder's tick: a turn like any other.</summary>
internal sealed class ReminderCall(string name) : ResultCall<Nothing>
{
    public override string Name => name;

    public override bool Interleaves => false;

    protected override ValueTask<Nothing> InvokeAsync(object grain) =>
        grain is IRemindable remindable
            ? Nothing.OfAsync(remindable.OnReminderAsync(name, GrainToken))
            : throw new InvalidOperationException(
                $"{grain.GetType()} has a reminder and is not {nameof(IRemindable)}.");
}
