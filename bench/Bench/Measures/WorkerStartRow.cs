namespace Smcp.Bench.Measures;

/// <summary>
/// What a call takes that finds its process, that must make a jail and start one, that must start one where a jail was
/// made, and that takes one started in advance; milliseconds.
/// </summary>
internal sealed record WorkerStartRow(
    string Name, double Warm, double Whole, double Cold, double Cold95, double Pooled, double Pooled95);
