using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>A tenant as it is, or as a change left it; or why not.</summary>
[Wire("tenant-outcome", 1)]
public sealed record TenantOutcome
{
    public TenantRecord? Tenant { get; init; }

    public McpFault? Fault { get; init; }

    public static TenantOutcome Of(TenantRecord tenant) => new() { Tenant = tenant };

    public static TenantOutcome Refused(McpFault fault) => new() { Fault = fault };
}
