using Microsoft.Extensions.Logging;

namespace Smcp.Runtimes.Upstream;

/// <summary>What all conversations of one runtime go by.</summary>
internal sealed record UpstreamTerms(
    IUpstreamLinks Links, IRuntimeEvents Events, UpstreamRuntimeOptions Options, TimeProvider Time, ILogger Logger);
