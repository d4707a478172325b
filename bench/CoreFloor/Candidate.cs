namespace Smcp.CoreFloor;

/// <summary>A way from the raw params of a <c>tools/call</c> to the raw result.</summary>
internal sealed record Candidate(string Name, Func<ReadOnlyMemory<byte>, ValueTask<byte[]>> CallAsync);
