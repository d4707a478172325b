using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>How a program is to run (<see cref="RuntimeKind.Process"/>).</summary>
[Wire("process-settings", 2)]
public sealed record ProcessSettings
{
    /// <summary>The program: a name on the jail's path, or a path in the image.</summary>
    public required string Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its environment beside what the jail sets, by name.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Variables that hold secrets: by name, the name of the tenant's secret that is the value when it starts.
    /// </summary>
    public IReadOnlyDictionary<string, string> SecretEnvironment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Folders that it may write to, by path, with the bytes that each holds. They are memory, and gone with the
    /// process.
    /// </summary>
    public IReadOnlyDictionary<string, long> Scratch { get; init; } = new Dictionary<string, long>();

    /// <summary>
    /// Ports of the jail's own loopback, 1,024 and above, that lead to a place <c>host:port</c> of
    /// <see cref="ServerSettings.Egress"/>: for what speaks to no HTTP proxy, such as a database.
    /// </summary>
    public IReadOnlyDictionary<string, string> Ports { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether one process may serve all clients: it keeps nothing of them and asks them nothing.
    /// </summary>
    public bool IsStateless { get; init; }
}
