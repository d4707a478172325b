using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>How a server is to be stopped.</summary>
[Wire("server-stop", 1)]
public sealed record ServerStop
{
    /// <summary>Why: told to whoever calls it. At most 200 characters, in one line.</summary>
    public string? Reason { get; init; }
}
