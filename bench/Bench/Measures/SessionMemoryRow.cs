namespace Smcp.Bench.Measures;

/// <summary>
/// Heap bytes of an active session; heap and resident MiB that all of them add, active and once idle.
/// </summary>
internal sealed record SessionMemoryRow(
    int Sessions, double HeapBytesActive, double HeapMiBIdle, double ResidentMiBActive, double ResidentMiBIdle);
