namespace Smcp.Testing;

/// <summary>What a fault round does to the cluster.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL of one silo.</summary>
    KillSilo,

    /// <summary>SIGKILL of one gateway, in the middle of streams.</summary>
    KillGateway,

    /// <summary>Every node is told to stop and started again, one after the other.</summary>
    RollingRestart,

    /// <summary>One silo is stopped with SIGSTOP for 30 seconds, then goes on.</summary>
    Pause,

    /// <summary>One silo's link is cut, then healed; it reaches the store all the time.</summary>
    Partition,

    /// <summary>The store stalls, then refuses everybody, then serves again.</summary>
    Storage,
}
