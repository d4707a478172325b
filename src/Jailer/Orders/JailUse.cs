namespace Smcp.Jailer.Orders;

/// <summary>What a jail takes at the moment.</summary>
/// <param name="CpuMicroseconds">Processor time of all its processes since its start.</param>
/// <param name="MemoryBytes">Memory of all its processes.</param>
public sealed record JailUse(long CpuMicroseconds, long MemoryBytes);
