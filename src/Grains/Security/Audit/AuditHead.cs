using Smcp.Wire;

namespace Smcp.Security.Audit;

/// <summary>
/// The two ends of a log's chain, sealed: so that a log which lost records at an end is told from a whole one.
/// </summary>
[Wire("audit-head", 1)]
internal sealed record AuditHead
{
    /// <summary>The newest record that was acknowledged; 0 for none. The log may hold later ones.</summary>
    public long Sequence { get; init; }

    public ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>The newest record that was dropped because its retention was over; 0 for none.</summary>
    public long AnchorSequence { get; init; }

    /// <summary>Its hash: what the first record held was chained to.</summary>
    public ReadOnlyMemory<byte> AnchorHash { get; init; }

    /// <summary>For how long the log has been swept: the clock that no change of the time moves.</summary>
    public TimeSpan Swept { get; init; }

    /// <summary>
    /// When the next sweep is to come. A reminder that is set again comes later, so it is set but once.
    /// </summary>
    public DateTimeOffset SweepDue { get; init; }

    public ReadOnlyMemory<byte> Seal { get; init; }
}
