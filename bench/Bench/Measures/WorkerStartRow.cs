namespace Smcp.Bench.Measures;

/// <summary>
/// What a call takes that finds its process, that must start one, and that takes one started in advance; milliseconds.
/// </summary>
internal sealed record WorkerStartRow(
    string Name, double Warm, double Cold, double Cold95, double Pooled, double Pooled95);
