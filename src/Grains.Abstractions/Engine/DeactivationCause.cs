namespace Smcp.Engine;

/// <summary>Why an activation ended.</summary>
public enum DeactivationCause
{
    /// <summary>It was idle, or asked for it.</summary>
    Idle = 0,

    /// <summary>The engine is stopping.</summary>
    Stopping = 1,

    /// <summary>It failed: activation threw, or a version conflict escaped it.</summary>
    Failed = 2,

    /// <summary>The engine moved or replaced it.</summary>
    Moved = 3,
}
