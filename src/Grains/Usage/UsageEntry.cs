using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Usage;

/// <summary>One row of a ledger: what it comes to now, or that it is gone.</summary>
[Wire("usage-entry", 1)]
internal sealed record UsageEntry : ILogMapEntry
{
    /// <summary>When the hour or the day begins.</summary>
    public required DateTimeOffset Start { get; init; }

    public required UsagePeriod Period { get; init; }

    public required string Server { get; init; }

    public required string Method { get; init; }

    public required string Tool { get; init; }

    public required string Principal { get; init; }

    public UsageTotals Totals { get; init; } = new();

    /// <summary>Of a day: the last hour that was added to it, so that none is added twice.</summary>
    public DateTimeOffset? Through { get; init; }

    public bool IsGone { get; init; }

    /// <summary>Sorts by time first. Names hold no newline.</summary>
    public string Key => $"{(int)Period}{Start.UtcDateTime:yyyyMMddHH}\n{Server}\n{Method}\n{Tool}\n{Principal}";

    string ILogMapEntry.MapKey => Key;

    bool ILogMapEntry.IsRemoval => IsGone;

    /// <summary>The row of the day that this one's hour is in.</summary>
    public UsageEntry OfDay() => this with
    {
        Start = new DateTimeOffset(Start.UtcDateTime.Date, TimeSpan.Zero),
        Period = UsagePeriod.Day,
        Totals = new UsageTotals(),
    };
}
