using Smcp.Engine.Bells;
using Smcp.Reminders;
using Smcp.Storage;

namespace Smcp.Engine.Activations;

/// <summary>What one activation's grain gets of the engine.</summary>
internal sealed class ActivationContext(Activation activation, GrainDirectory directory) : IActivationContext
{
    private readonly List<IActivationState> _states = [];
    private ILogStorage? _logs;
    private IStreamHub? _streams;
    private bool _isBegun;
    private long _delayedUntil;

    public string Key => activation.Key;

    public TimeProvider Time => activation.Services.Time;

    public IGrainLocator Grains => directory.Engine.InnerLocator;

    public IStreamHub Streams => _streams ??= new GrainBells(activation);

    public ILogStorage Logs => _logs ??= new FencedLogs(activation, activation.Services.Logs);

    /// <summary>Whether the grain asked not to be collected yet.</summary>
    public bool IsDelayed => _delayedUntil > Time.GetTimestamp();

    public IGrainState<TState> State<TState>(string name)
        where TState : class, new()
    {
        if (_isBegun)
        {
            throw new InvalidOperationException($"State '{name}' must be declared in the grain's constructor.");
        }

        var state = new ActivationState<TState>(activation, new StateAddress(directory.GrainType, Key, name));
        _states.Add(state);
        return state;
    }

    public IDisposable RegisterTimer(Func<CancellationToken, Task> turn, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(turn);
        RequireScheduler();
        var timer = new ActivationTimer(activation, turn, dueTime, period);
        activation.Add(timer);
        return timer;
    }

    public void DelayDeactivation(TimeSpan duration)
    {
        RequireScheduler();
        _delayedUntil = duration <= TimeSpan.Zero
            ? 0
            : Time.GetTimestamp() + (long)(duration.TotalSeconds * Time.TimestampFrequency);
    }

    public void Deactivate()
    {
        RequireScheduler();
        activation.End(DeactivationCause.Idle);
    }

    public ValueTask SetReminderAsync(string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, ReminderTimeMin);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, ReminderTimeMin);
        return directory.Engine.Reminders.SetAsync(
            new Reminder(ReminderAddress(name), Time.GetUtcNow() + dueTime, period));
    }

    public ValueTask RemoveReminderAsync(string name) =>
        directory.Engine.Reminders.RemoveAsync(ReminderAddress(name));

    /// <summary>Loads what the constructor declared, then tells the grain.</summary>
    public async Task BeginAsync(object grain, CancellationToken cancellationToken)
    {
        _isBegun = true;
        foreach (var state in _states)
        {
            await state.LoadAsync(cancellationToken);
        }

        if (grain is IGrainLifecycle lifecycle)
        {
            await lifecycle.OnActivateAsync(cancellationToken);
        }
    }

    private static TimeSpan ReminderTimeMin => TimeSpan.FromMinutes(1);

    private ReminderAddress ReminderAddress(string name) => new(directory.GrainType, Key, name);

    private void RequireScheduler()
    {
        if (!activation.IsCurrent)
        {
            throw new InvalidOperationException($"This is not the scheduler of {activation}: the code left it.");
        }
    }
}
