using Smcp.Hosting;

namespace StarterNamespace;

/// <summary>What the server remembers. The name is that of the stored row: keep it when you rename the type.</summary>
[ServerState("starter-name")]
public sealed record StarterClassState
{
    public int Count { get; init; }
}
