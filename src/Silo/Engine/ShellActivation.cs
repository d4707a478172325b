using Smcp.Storage;

namespace Smcp.Engine;

/// <summary>
/// The context of one activation on Orleans. Its shell hands it to the plain grain's constructor, and forwards
/// Orleans' activation, deactivation and reminders to it.
/// </summary>
internal sealed class ShellActivation(
    IGrainContextAccessor accessor, IGrainStorage storage, ShellServices shared) : IActivationContext, IDisposable
{
    private readonly List<IShellState> _states = [];
    private bool _begun;
    private int _calls;
    private TaskCompletionSource? _idle;

    public IGrainContext GrainContext { get; } = accessor.GrainContext;

    public string Key { get; } = accessor.GrainContext.GrainId.Key.ToString()!;

    public TimeProvider Time => shared.Time;

    public IGrainLocator Grains => shared.Grains;

    public IStreamHub Streams => shared.Streams;

    public ILogStorage Logs => shared.Logs;

    public IGrainState<TState> State<TState>(string name)
        where TState : class, new()
    {
        if (_begun)
        {
            throw new InvalidOperationException($"State '{name}' must be declared in the grain's constructor.");
        }

        var address = new StateAddress(GrainContext.GrainId.Type.ToString()!, Key, name);
        var state = new ShellState<TState>(address, storage, Fenced);
        _states.Add(state);
        return state;
    }

    public IDisposable RegisterTimer(Func<CancellationToken, Task> turn, TimeSpan dueTime, TimeSpan period) =>
        shared.Timers.RegisterGrainTimer(
            GrainContext,
            static (callback, cancellationToken) => callback(cancellationToken),
            turn,
            new GrainTimerCreationOptions { DueTime = dueTime, Period = period });

    public void DelayDeactivation(TimeSpan duration) => shared.Runtime.DelayDeactivation(GrainContext, duration);

    public void Deactivate() =>
        End(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain asked."));

    public async ValueTask SetReminderAsync(string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, ReminderPeriodMin);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, ReminderPeriodMin);
        await shared.Reminders.RegisterOrUpdateReminder(GrainContext.GrainId, name, dueTime, period);
    }

    public async ValueTask RemoveReminderAsync(string name)
    {
        if (await shared.Reminders.GetReminder(GrainContext.GrainId, name) is { } reminder)
        {
            await shared.Reminders.UnregisterReminder(GrainContext.GrainId, reminder);
        }
    }

    /// <summary>Orleans activated the shell: loads what the constructor declared, then tells the grain.</summary>
    public async Task BeginAsync(object grain, CancellationToken cancellationToken)
    {
        _begun = true;
        GrainContext.SetComponent(this);
        shared.Activations.Add(this);
        try
        {
            foreach (var state in _states)
            {
                await state.LoadAsync(cancellationToken);
            }

            if (grain is IGrainLifecycle lifecycle)
            {
                await lifecycle.OnActivateAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Orleans hands this to the callers as it is; only this type tells them that their call never ran.
            throw new GrainActivationException(
                $"{GrainContext.GrainId} could not be activated: {exception.Message}", exception);
        }
    }

    /// <summary>The activation's scope ended, and it with it.</summary>
    public void Dispose() => shared.Activations.Remove(this);

    /// <summary>A call begins to run. On the activation's scheduler, as all here.</summary>
    public void BeginCall() => _calls++;

    public void EndCall()
    {
        if (--_calls == 0)
        {
            _idle?.TrySetResult();
        }
    }

    /// <summary>Orleans deactivates the shell: once its calls have ended, the grain is told.</summary>
    public static async Task EndAsync(IGrainBase grain, DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (grain.GrainContext.GetComponent<ShellActivation>() is { } activation)
        {
            await activation.WhenIdleAsync(cancellationToken);
        }

        if (grain is IGrainLifecycle lifecycle)
        {
            await lifecycle.OnDeactivateAsync(CauseOf(reason.ReasonCode), cancellationToken);
        }
    }

    private static TimeSpan ReminderPeriodMin => TimeSpan.FromMinutes(1);

    private static DeactivationCause CauseOf(DeactivationReasonCode code) => code switch
    {
        DeactivationReasonCode.ActivationIdle
            or DeactivationReasonCode.ApplicationRequested
            or DeactivationReasonCode.HighMemoryPressure => DeactivationCause.Idle,
        DeactivationReasonCode.ShuttingDown => DeactivationCause.Stopping,
        DeactivationReasonCode.ActivationFailed
            or DeactivationReasonCode.ApplicationError
            or DeactivationReasonCode.ActivationUnresponsive => DeactivationCause.Failed,
        _ => DeactivationCause.Moved,
    };

    /// <summary>
    /// Another activation wrote this grain's state, so this one is stale. Orleans ends an activation by itself only for
    /// its own InconsistentStateException; ours ends here, whether or not the grain lets the conflict escape. The
    /// reason holds no exception: with one, Orleans would fail the calls that wait instead of passing them on.
    /// </summary>
    private void Fenced(StateConflictException conflict) =>
        End(new DeactivationReason(DeactivationReasonCode.ApplicationError, conflict.Message));

    private async Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        if (_calls == 0)
        {
            return;
        }

        _idle = new TaskCompletionSource();
        await shared.Activations.WaitAsync(_idle.Task, GrainContext.GrainId, cancellationToken);
    }

    private void End(DeactivationReason reason) => GrainContext.Deactivate(reason);
}
