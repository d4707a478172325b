namespace Smcp.Runtimes;

/// <summary>A question of a server to the client of a call: method and raw params.</summary>
public sealed record InputRequest(string Method, ReadOnlyMemory<byte> Params);
