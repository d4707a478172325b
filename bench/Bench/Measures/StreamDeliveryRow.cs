namespace Smcp.Bench.Measures;

/// <summary>How long it took to open the streams, and one event to reach all of them; what a stream costs.</summary>
internal sealed record StreamDeliveryRow(
    int Streams, TimeSpan OpenedIn, TimeSpan DeliveredIn, double HeapBytesEach, double ResidentMiB);
