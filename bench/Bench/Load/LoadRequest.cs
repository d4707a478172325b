namespace Smcp.Bench.Load;

/// <summary>What a connection sends again and again, and what it ends with, where it has a session to end.</summary>
internal sealed record LoadRequest(byte[] Call, byte[]? Ending = null);
