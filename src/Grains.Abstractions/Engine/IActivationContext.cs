using Smcp.Storage;

namespace Smcp.Engine;

/// <summary>
/// What the engine gives one activation of a grain, by its constructor. The contract is that of Orleans; an engine may
/// be stricter, never kinder. All members are for use on the activation's scheduler (any code of the grain that did not
/// leave it by <c>Task.Run</c> or the like).
/// </summary>
public interface IActivationContext
{
    /// <summary>The grain's key.</summary>
    string Key { get; }

    /// <summary>The clock.</summary>
    TimeProvider Time { get; }

    /// <summary>Other grains.</summary>
    IGrainLocator Grains { get; }

    /// <summary>Bells: published items may be lost, repeated and reordered.</summary>
    IStreamHub Streams { get; }

    /// <summary>Logs: what is appended and acknowledged is durable.</summary>
    ILogStorage Logs { get; }

    /// <summary>
    /// Declares a piece of the grain's durable state. For the constructor only: the engine loads it before
    /// <see cref="IGrainLifecycle.OnActivateAsync"/>.
    /// </summary>
    /// <typeparam name="TState">
    /// An immutable <c>[Wire]</c> record with a parameterless constructor: its initial value.
    /// </typeparam>
    IGrainState<TState> State<TState>(string name)
        where TState : class, new();

    /// <summary>
    /// Runs <paramref name="turn"/> as a turn (it waits for a running call and no call runs beside it, unless those
    /// interleave) after <paramref name="dueTime"/> and then every <paramref name="period"/>
    /// (<see cref="Timeout.InfiniteTimeSpan"/>: once). The next tick is counted from the end of the last. Does not keep
    /// the activation alive. Ends with it.
    /// </summary>
    IDisposable RegisterTimer(Func<CancellationToken, Task> turn, TimeSpan dueTime, TimeSpan period);

    /// <summary>Keeps the activation from being collected as idle for this long from now; zero withdraws it.</summary>
    void DelayDeactivation(TimeSpan duration);

    /// <summary>Ends this activation once its running calls are done; a later call makes a new one.</summary>
    void Deactivate();

    /// <summary>
    /// Sets a durable reminder: the grain is activated, if need be, and <see cref="IRemindable.OnReminderAsync"/>
    /// called. Due time and period are a minute or more. Setting one of the same name again replaces it.
    /// </summary>
    ValueTask SetReminderAsync(string name, TimeSpan dueTime, TimeSpan period);

    /// <summary>Removes a reminder, if it is set.</summary>
    ValueTask RemoveReminderAsync(string name);
}
