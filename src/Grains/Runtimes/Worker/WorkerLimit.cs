namespace Smcp.Runtimes.Worker;

/// <summary>Why a process is killed.</summary>
internal enum WorkerLimit
{
    /// <summary>It took more processor time than one call may cost.</summary>
    CpuTime,

    /// <summary>A call ran longer than it may.</summary>
    CallTime,

    /// <summary>It took as many Durable Objects as a process may, and has nothing to do.</summary>
    DurableObjects,

    /// <summary>It had nothing to do for long.</summary>
    Idle,
}
