namespace Smcp.Runtimes.Upstream;

/// <summary>A request to a server: our own id, the method and the raw params, or none.</summary>
internal readonly record struct UpstreamRequest(long Id, string Method, ReadOnlyMemory<byte> Params);
