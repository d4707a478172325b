using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Runtimes;

/// <summary>A request to run. <see cref="Session"/> is null for a client without sessions.</summary>
public sealed record RuntimeCall(
    CallId Id, string? Session, CallContext Caller, McpCall Call, IRuntimeOutput Output);
