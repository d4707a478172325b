using Smcp.Mcp;

namespace Smcp.Servers.Deploying.Importing.Npm;

/// <summary>A package that was brought, or why it was not.</summary>
internal sealed record NpmBuild
{
    /// <summary>Its files, with all that it needs and the lock file that names them.</summary>
    public ServerImage? Image { get; init; }

    public NpmProgram? Program { get; init; }

    /// <summary>SHA-256 of the lock file, lower-case hex.</summary>
    public string? Lock { get; init; }

    public McpFault? Fault { get; init; }

    public static NpmBuild Refused(McpFault fault) => new() { Fault = fault };

    public static NpmBuild Refused(FaultReason reason, string message) => Refused(new McpFault(reason, message));
}
