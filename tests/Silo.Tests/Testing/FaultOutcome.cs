using System.Globalization;

namespace Smcp.Testing;

/// <summary>What one fault round came to.</summary>
internal sealed record FaultOutcome
{
    public required FaultKind Kind { get; init; }

    public required int Seed { get; init; }

    public required int Requests { get; init; }

    public required int Acknowledged { get; init; }

    public required int Streams { get; init; }

    /// <summary>How long until every session was served again.</summary>
    public required TimeSpan UsableAfter { get; init; }

    /// <summary>Requests that ended otherwise than they should.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Promises that were not kept.</summary>
    public required IReadOnlyList<string> Broken { get; init; }

    /// <summary>How many processes wanted to run lately; times are upper bounds where others worked too.</summary>
    public required double Load { get; init; }

    /// <summary>Fault, seed, requests, failed, acknowledged, streams, seconds until usable, broken, load.</summary>
    public string Row => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kind},{Seed},{Requests},{Problems.Count},{Acknowledged},{Streams},{Seconds:0.0},{Broken.Count},{Load:0.0}");

    private double Seconds => UsableAfter.TotalSeconds;
}
