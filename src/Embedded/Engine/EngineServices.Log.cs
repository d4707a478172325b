using Microsoft.Extensions.Logging;

namespace Smcp.Engine;

internal sealed partial class EngineServices
{
    [LoggerMessage(EventIds.ItemFaulted, LogLevel.Error, "An item of the engine faulted.")]
    public partial void LogItemFaulted(Exception exception);

    [LoggerMessage(EventIds.ActivationFailed, LogLevel.Error, "{GrainType} {Key} could not be activated.")]
    public partial void LogActivationFailed(string grainType, string key, Exception exception);

    [LoggerMessage(
        EventIds.ActivationNotStored, LogLevel.Warning, "{GrainType} {Key} could not be activated: {Cause}")]
    public partial void LogActivationNotStored(string grainType, string key, string cause);

    [LoggerMessage(
        EventIds.DeactivationFailed,
        LogLevel.Warning,
        "{GrainType} {Key} faulted while it was deactivated.")]
    public partial void LogDeactivationFailed(string grainType, string key, Exception exception);

    [LoggerMessage(
        EventIds.ActivationAbandoned,
        LogLevel.Warning,
        "{GrainType} {Key} was abandoned: {Running} of its turns did not end in time.")]
    public partial void LogActivationAbandoned(string grainType, string key, int running);

    [LoggerMessage(
        EventIds.ConflictEscaped,
        LogLevel.Warning,
        "{GrainType} {Key} is stale: a version conflict escaped {Turn}. The activation ends.")]
    public partial void LogConflictEscaped(string grainType, string key, string turn);

    [LoggerMessage(EventIds.TimerFaulted, LogLevel.Error, "A timer of {Grain} faulted.")]
    public partial void LogTimerFaulted(string grain, Exception exception);

    [LoggerMessage(
        EventIds.ResponseLeft,
        LogLevel.Warning,
        "A response stream of {Grain} was left unpulled and is aborted.")]
    public partial void LogResponseLeft(string grain);

    [LoggerMessage(
        EventIds.ResponseNotClosed,
        LogLevel.Warning,
        "A response stream of {Grain} did not close in time.")]
    public partial void LogResponseNotClosed(string grain);

    [LoggerMessage(
        EventIds.ResponseFaulted,
        LogLevel.Warning,
        "A response stream of {Grain} faulted while it was closed.")]
    public partial void LogResponseFaulted(string grain, Exception exception);

    [LoggerMessage(
        EventIds.DrainIncomplete,
        LogLevel.Warning,
        "The engine stops with {Activations} activations not drained.")]
    public partial void LogDrainIncomplete(int activations);

    [LoggerMessage(EventIds.ReminderFaulted, LogLevel.Error, "The reminder {Name} of {GrainType} {Key} faulted.")]
    public partial void LogReminderFaulted(string grainType, string key, string name, Exception exception);

    [LoggerMessage(
        EventIds.ReminderWithoutGrain,
        LogLevel.Warning,
        "The reminder {Name} of {GrainType} {Key} is of no registered grain.")]
    public partial void LogReminderWithoutGrain(string grainType, string key, string name);

    [LoggerMessage(
        EventIds.ReminderRoundFailed,
        LogLevel.Error,
        "Reminders could not be read; they will be tried again.")]
    public partial void LogReminderRoundFailed(Exception exception);
}
