namespace Smcp.Engine.Calls;

/// <summary>Something an activation's scheduler runs beside the tasks of its grain.</summary>
internal abstract class WorkItem
{
    /// <summary>Runs on the scheduler. Faults of grain code are handled within.</summary>
    public abstract void Execute();
}
