namespace Smcp.Servers;

/// <summary>A call that waits for its client to come back, and the one state that continues it.</summary>
internal sealed record ParkedCall(InFlightCall Call, RequestState State);
