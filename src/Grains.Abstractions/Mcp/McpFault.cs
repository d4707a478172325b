using Smcp.Wire;

namespace Smcp.Mcp;

/// <summary>Why a call was refused, as a value. <see cref="Message"/> may reach the peer.</summary>
[Wire("mcp-fault", 2)]
public sealed record McpFault(FaultReason Reason, string Message)
{
    /// <summary>Raw JSON for the error's <c>data</c>; empty for none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>When to try again, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// With <see cref="FaultReason.InsufficientScope"/>: every scope that the request needs, separated by spaces.
    /// </summary>
    public string? Scope { get; init; }
}
