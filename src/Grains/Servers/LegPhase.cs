namespace Smcp.Servers;

/// <summary>Where a request of a client stands.</summary>
internal enum LegPhase
{
    /// <summary>Within the answer window.</summary>
    Waiting = 0,

    /// <summary>Its ticket is out: everything goes to its session or its follower.</summary>
    Streaming = 1,

    /// <summary>Its client has its answer, or is sent the last of it, or wants none.</summary>
    Closed = 2,
}
