using Smcp.Wire;

namespace Smcp.Usage;

/// <summary>Sums over calls.</summary>
[Wire("usage-totals", 1)]
public sealed record UsageTotals
{
    public long Calls { get; init; }

    /// <summary>Calls that ended in an error of the protocol, or in a tool's own (<c>isError</c>).</summary>
    public long Errors { get; init; }

    /// <summary>Time in the server, in microseconds.</summary>
    public long Microseconds { get; init; }

    /// <summary>Bytes of the requests' params.</summary>
    public long BytesIn { get; init; }

    /// <summary>Bytes of the answers.</summary>
    public long BytesOut { get; init; }

    public static UsageTotals operator +(UsageTotals left, UsageTotals right) => new()
    {
        Calls = left.Calls + right.Calls,
        Errors = left.Errors + right.Errors,
        Microseconds = left.Microseconds + right.Microseconds,
        BytesIn = left.BytesIn + right.BytesIn,
        BytesOut = left.BytesOut + right.BytesOut,
    };

    public UsageTotals Add(UsageTotals other) => this + other;
}
