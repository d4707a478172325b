namespace Smcp.Jailer.Orders;

/// <summary>One message to the jailer. A connection is one probe, or the life of one jail.</summary>
public sealed record JailRequest(JailRequestKind Kind, JailOrder? Order = null);
