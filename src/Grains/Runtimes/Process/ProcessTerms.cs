using Microsoft.Extensions.Logging;
using Smcp.Runtimes.Upstream;

namespace Smcp.Runtimes.Process;

/// <summary>What all processes of one runtime go by.</summary>
internal sealed record ProcessTerms(
    ProcessRuntimeOptions Options, UpstreamRuntimeOptions Upstream, TimeProvider Time, ILogger Logger);
