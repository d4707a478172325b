namespace Smcp.Quotas;

/// <summary>What all processes used of a day's quota.</summary>
/// <param name="Day">When the day began (UTC).</param>
/// <param name="Amount">In the quota's unit.</param>
public sealed record DayStanding(DateTimeOffset Day, long Amount);
