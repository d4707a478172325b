using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>How far an import is: one of the three is there.</summary>
[Wire("import-outcome", 1)]
public sealed record ImportOutcome
{
    /// <summary>It is over: what the version is to be made of.</summary>
    public VersionRequest? Request { get; init; }

    /// <summary>It goes on: what to ask for it by.</summary>
    public string? Ticket { get; init; }

    public McpFault? Fault { get; init; }

    public static ImportOutcome Refused(McpFault fault) => new() { Fault = fault };

    public static ImportOutcome Refused(FaultReason reason, string message) => Refused(new(reason, message));
}
