namespace Smcp.Runtimes.Jails;

/// <summary>What a jail takes.</summary>
/// <param name="Cpu">Processor time of all its processes since it began.</param>
/// <param name="MemoryBytes">Memory of all its processes and files, in bytes.</param>
internal readonly record struct JailUsage(TimeSpan Cpu, long MemoryBytes);
