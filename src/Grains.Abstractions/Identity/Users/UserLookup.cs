using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>A user, or why they are not shown or changed.</summary>
[Wire("user-lookup", 1)]
public sealed record UserLookup
{
    public UserSummary? User { get; init; }

    public McpFault? Fault { get; init; }

    public static UserLookup Refused(McpFault fault) => new() { Fault = fault };
}
