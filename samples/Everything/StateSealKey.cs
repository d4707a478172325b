using Smcp.Hosting;

namespace Smcp.Samples.Everything;

/// <summary>The key of <see cref="StateSeal"/>; made when it is first needed.</summary>
[ServerState("state-seal-key")]
public sealed record StateSealKey
{
    public byte[]? Secret { get; init; }
}
