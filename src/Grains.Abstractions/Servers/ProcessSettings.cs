using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>How a program is to run (<see cref="RuntimeKind.Process"/>).</summary>
[Wire("process-settings", 1)]
public sealed record ProcessSettings
{
    /// <summary>The program: a name on the jail's path, or a path in the image.</summary>
    public required string Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its environment beside what the jail sets, by name.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
