using Smcp.Hosting;

namespace Smcp.Tenancy;

/// <summary>What was kept last, the newest at the end.</summary>
[ServerState("markers")]
public sealed record MarkersState
{
    public IReadOnlyList<string> Kept { get; init; } = [];
}
