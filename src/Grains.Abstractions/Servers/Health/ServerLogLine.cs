using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>A line that a process of a server wrote to its standard error.</summary>
[Wire("server-log-line", 1)]
public sealed record ServerLogLine
{
    /// <summary>Greater than that of each line before it.</summary>
    public long Number { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The instance, as the server's status names it.</summary>
    public string Instance { get; init; } = string.Empty;

    /// <summary>The version that it runs; null for a server that came with the process.</summary>
    public long? Version { get; init; }

    /// <summary>What it wrote, with the server's secrets masked.</summary>
    public string Text { get; init; } = string.Empty;
}
