namespace Smcp.Runtimes.Jails;

/// <summary>How a jail ended.</summary>
/// <param name="Code">The program's exit code; 128 and the signal where one killed it. -1 where nobody knows.</param>
/// <param name="Reason">Why, if not by itself.</param>
internal readonly record struct JailExit(int Code, JailExitReason Reason)
{
    /// <summary>Processor time that all of it took; zero where nobody counted it.</summary>
    public TimeSpan Cpu { get; init; }
}
