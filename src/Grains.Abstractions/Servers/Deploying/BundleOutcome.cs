using Smcp.Mcp;

namespace Smcp.Servers.Deploying;

/// <summary>The image of a bundle, or why there is none.</summary>
public sealed record BundleOutcome
{
    public ServerImage? Image { get; init; }

    /// <summary>
    /// <see cref="FaultReason.InvalidParams"/>: no bundle that is taken; <see cref="FaultReason.LimitExceeded"/>: no
    /// room; <see cref="FaultReason.Unavailable"/>: not now.
    /// </summary>
    public McpFault? Fault { get; init; }
}
