namespace Smcp.Runtimes.Jails;

/// <summary>How a jail ended.</summary>
/// <param name="Code">The program's exit code; 128 and the signal where one killed it. -1 where nobody knows.</param>
/// <param name="Reason">Why, if not by itself.</param>
internal readonly record struct JailExit(int Code, JailExitReason Reason);
