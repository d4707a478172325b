using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>What a version was found to offer, or why that is not known.</summary>
[Wire("manifest-outcome", 1)]
public sealed record ManifestOutcome
{
    /// <summary>Canonical JSON.</summary>
    public ReadOnlyMemory<byte> Manifest { get; init; }

    /// <summary>Why not, in words for the server's tenant.</summary>
    public McpFault? Fault { get; init; }
}
