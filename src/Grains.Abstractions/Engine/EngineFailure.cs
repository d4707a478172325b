namespace Smcp.Engine;

/// <summary>How a call into the engine can fail without the grain's doing.</summary>
public enum EngineFailure
{
    /// <summary>Not a failure of the engine: a bug, or the grain's own exception.</summary>
    None = 0,

    /// <summary>The grain could not be reached or activated; the call did not run.</summary>
    Unavailable = 1,

    /// <summary>The response time-out passed. The outcome is unknown; the call's token is cancelled.</summary>
    TimedOut = 2,

    /// <summary>The caller's token was cancelled.</summary>
    Cancelled = 3,
}
