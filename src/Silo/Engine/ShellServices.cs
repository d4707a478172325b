using Orleans.Timers;
using Smcp.Storage;

namespace Smcp.Engine;

/// <summary>What every activation of this node shares.</summary>
internal sealed record ShellServices(
    TimeProvider Time,
    IGrainLocator Grains,
    IStreamHub Streams,
    ILogStorage Logs,
    IGrainRuntime Runtime,
    ITimerRegistry Timers,
    IReminderRegistry Reminders,
    SiloActivations Activations)
{
    /// <summary>The name that grain state, and the logs, are stored under.</summary>
    public const string StorageName = "smcp";
}
