using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>How JavaScript is to run (<see cref="RuntimeKind.Worker"/>).</summary>
[Wire("worker-settings", 1)]
public sealed record WorkerSettings
{
    /// <summary>The module of the image that is the entry point.</summary>
    public required string Main { get; init; }

    /// <summary>Plain variables, by name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();
}
