namespace Smcp.Engine;

/// <summary>Implemented by a grain class that sets reminders.</summary>
public interface IRemindable
{
    /// <summary>A reminder is due. A turn like any other. A missed tick is not made up for.</summary>
    Task OnReminderAsync(string name, CancellationToken cancellationToken);
}
