using Smcp.Hosting;

namespace Smcp.Data;

/// <summary>What the server was told to remember.</summary>
[ServerState("canary")]
public sealed record CanaryState
{
    public IReadOnlyList<string> Remembered { get; init; } = [];
}
