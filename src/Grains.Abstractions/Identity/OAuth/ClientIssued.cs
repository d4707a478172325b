using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>
/// A client of a tenant, with its secret where one was just made, which is never said again; or why not.
/// </summary>
[Wire("oauth-client-issued", 2)]
public sealed record ClientIssued
{
    public OAuthClient? Client { get; init; }

    public string? Secret { get; init; }

    public McpFault? Fault { get; init; }

    public static ClientIssued Refused(McpFault fault) => new() { Fault = fault };
}
