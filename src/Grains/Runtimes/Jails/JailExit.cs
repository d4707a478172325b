using Smcp.Servers.Health;

namespace Smcp.Runtimes.Jails;

/// <summary>How a jail ended.</summary>
/// <param name="Code">The program's exit code; 128 and the signal where one killed it. -1 where nobody knows.</param>
/// <param name="Reason">Why, if not by itself.</param>
internal readonly record struct JailExit(int Code, JailExitReason Reason)
{
    /// <summary>Processor time that all of it took; zero where nobody counted it.</summary>
    public TimeSpan Cpu { get; init; }

    /// <summary>Whether it was ended from here.</summary>
    public bool IsOurs { get; init; }

    /// <summary>The same as the server's tenant is told it.</summary>
    public ServerExit Describe(DateTimeOffset at) => ServerExit.Of(
        Reason switch
        {
            JailExitReason.OutOfMemory => ExitReason.OutOfMemory,
            JailExitReason.OutOfTime => ExitReason.CallTime,
            JailExitReason.JailerLost => ExitReason.EndedByHost,
            _ => IsOurs ? ExitReason.EndedByHost : ExitReason.Crashed,
        },
        Code,
        at);
}
