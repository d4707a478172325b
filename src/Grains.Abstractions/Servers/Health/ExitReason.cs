using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>Why a process of a server ended.</summary>
[Wire("exit-reason", 1)]
public enum ExitReason
{
    /// <summary>By itself, with a code or by a signal.</summary>
    Crashed = 0,

    /// <summary>It took more memory than it may.</summary>
    OutOfMemory = 1,

    /// <summary>It took more processor time than a call may cost.</summary>
    CpuTime = 2,

    /// <summary>A call in it ran longer than it may.</summary>
    CallTime = 3,

    /// <summary>It did not answer a check.</summary>
    NoAnswer = 4,

    /// <summary>The host ended it, for a reason that is not the server's: a used-up quota, its own end.</summary>
    EndedByHost = 5,

    /// <summary>It had nothing to do for long.</summary>
    Idle = 6,
}
