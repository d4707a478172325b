using Smcp.Mcp;

namespace Smcp.Security.Access;

/// <summary>Whether a caller may do something, and by which rule: the reason stands in the audit log.</summary>
/// <param name="Fault">Why not, as the caller is told; null when it may.</param>
/// <param name="Reason">The rule that decided, a declared constant of <see cref="AccessReasons"/>.</param>
public readonly record struct AccessDecision(McpFault? Fault, string Reason)
{
    public bool IsAllowed => Fault is null;

    public static AccessDecision Allow(string reason) => new(null, reason);

    public static AccessDecision Deny(McpFault fault, string reason) => new(fault, reason);
}
