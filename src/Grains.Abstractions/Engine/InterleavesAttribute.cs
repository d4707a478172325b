namespace Smcp.Engine;

/// <summary>
/// The method neither blocks other calls of its activation nor is blocked by them; it still runs on the activation's
/// one scheduler, so only its awaits interleave. Methods without it run one at a time, whole.
/// Methods that return <see cref="IAsyncEnumerable{T}"/> always interleave.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InterleavesAttribute : Attribute;
