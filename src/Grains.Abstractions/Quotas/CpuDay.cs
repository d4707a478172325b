using Smcp.Mcp;

namespace Smcp.Quotas;

/// <summary>What a caller is told where the tenant's processor time of today is used up.</summary>
public static class CpuDay
{
    // In the error's data too: a client that reads a stream has no headers.
    private static readonly byte[] Limit = """{"limit":"cpu"}"""u8.ToArray();

    /// <summary>The refusal; the next day begins after <paramref name="wait"/>.</summary>
    public static McpFault UsedUp(TimeSpan wait) => new(
        FaultReason.LimitExceeded, "The tenant's servers used up their processor time of today; nothing was run.")
    {
        RetryAfter = wait,
        Data = Limit,
    };

    /// <summary>Whether that is why something was refused.</summary>
    public static bool IsUsedUp(McpFault fault) =>
        fault.Reason == FaultReason.LimitExceeded && fault.Data.Span.SequenceEqual(Limit);
}
