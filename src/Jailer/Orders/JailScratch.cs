namespace Smcp.Jailer.Orders;

/// <summary>An empty folder that a jail may write to; it is gone with the jail, and counts as its memory.</summary>
/// <param name="Target">Where it is in the jail; absolute.</param>
/// <param name="BytesMax">How much it holds, in bytes.</param>
public sealed record JailScratch(string Target, long BytesMax);
