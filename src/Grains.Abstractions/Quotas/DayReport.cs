namespace Smcp.Quotas;

/// <summary>What a process used since its last report.</summary>
/// <param name="Number">Counts its reports: 1 and more; 0 only asks.</param>
/// <param name="Amount">In the quota's unit.</param>
public sealed record DayReport(long Number, long Amount);
