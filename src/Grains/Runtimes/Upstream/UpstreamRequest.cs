using Smcp.Identity;

namespace Smcp.Runtimes.Upstream;

/// <summary>A request to a server: our own id, the method and the raw params, or none.</summary>
internal readonly record struct UpstreamRequest(long Id, string Method, ReadOnlyMemory<byte> Params)
{
    /// <summary>Whose call it is part of, as of now; null for a request of our own.</summary>
    public CallContext? Caller { get; init; }
}
