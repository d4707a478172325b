namespace Smcp.Jailer.Orders;

/// <summary>How a jail ended.</summary>
/// <param name="Code">The program's exit code; 128 and the signal where it was killed by one.</param>
/// <param name="OutOfMemory">Whether it was killed for the memory it took.</param>
/// <param name="OutOfTime">Whether it was killed at the end of its time.</param>
public sealed record JailEnd(int Code, bool OutOfMemory, bool OutOfTime);
