namespace Smcp.Runtimes.Jails;

/// <summary>Why a jail ended.</summary>
internal enum JailExitReason
{
    /// <summary>The program ended, or was killed from outside.</summary>
    Ended = 0,

    /// <summary>It took more memory than it may.</summary>
    OutOfMemory = 1,

    /// <summary>Its life was over.</summary>
    OutOfTime = 2,

    /// <summary>The jailer ended, and every jail with it.</summary>
    JailerLost = 3,
}
