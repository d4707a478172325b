using Smcp.Mcp;
using Smcp.Servers.Deploying.Importing;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>
/// What the document of a version comes to: settings, what is needed before it does, or why it does not.
/// </summary>
internal sealed record VersionReading
{
    public ServerSettings? Settings { get; init; }

    /// <summary>What it was, where that was not our own form.</summary>
    public ServerOrigin? Origin { get; init; }

    /// <summary>What its program is to be brought for first.</summary>
    public ImportedServer? Needed { get; init; }

    public McpFault? Fault { get; init; }

    public static VersionReading Refused(McpFault fault) => new() { Fault = fault };
}
