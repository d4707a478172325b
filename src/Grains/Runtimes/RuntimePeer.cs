using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Runtimes;

/// <summary>A session to open: who, the raw <c>initialize</c> params, and the log level to restore.</summary>
public sealed record RuntimePeer(string Session, CallContext Caller, McpCall Initialize, string? LogLevel)
{
    /// <summary>The resources whose updates it wants.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];
}
