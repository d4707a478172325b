using Smcp.Wire;

namespace Smcp.Engine;

[Wire("probe-state", 1)]
internal sealed record ProbeState
{
    public string? Note { get; init; }

    public IReadOnlyList<string> Ends { get; init; } = [];
}
