using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>A version of a server as its administrators see it, or why they do not.</summary>
[Wire("version-description", 3)]
public sealed record VersionDescription
{
    public VersionInfo? Version { get; init; }

    /// <summary>Whether it was made by this request; false for one that was the same already.</summary>
    public bool IsMade { get; init; }

    /// <summary>Counts the changes of what the server's versions are used for.</summary>
    public long Revision { get; init; }

    public McpFault? Fault { get; init; }

    public static VersionDescription Refused(McpFault fault) => new() { Fault = fault };

    public static VersionDescription Refused(FaultReason reason, string message) => Refused(new(reason, message));
}
