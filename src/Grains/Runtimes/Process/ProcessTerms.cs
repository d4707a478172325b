using Microsoft.Extensions.Logging;
using Smcp.Runtimes.Upstream;

namespace Smcp.Runtimes.Process;

/// <summary>What all processes of one runtime go by.</summary>
internal sealed record ProcessTerms(
    ProcessRuntimeOptions Options, UpstreamRuntimeOptions Upstream, TimeProvider Time, ILogger Logger)
{
    /// <summary>Hears of each start and end.</summary>
    public Action<RuntimeNote> Note { get; init; } = static _ => { };

    /// <summary>Takes what programs write to their standard error, line by line.</summary>
    public Action<string> Wrote { get; init; } = static _ => { };
}
