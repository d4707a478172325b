namespace Smcp.Hosting;

/// <summary>An object that was opened for reading.</summary>
/// <param name="Info">What is known of it.</param>
/// <param name="Offset">Where the part that was asked for begins.</param>
/// <param name="Length">Bytes of that part.</param>
/// <param name="Content">
/// The part; null when a condition did not hold. It is of this one write of the object: a read fails with
/// <see cref="ServerDataConflictException"/> when the object was replaced or removed before it was read to the end.
/// </param>
public sealed record ServerObject(ServerObjectInfo Info, long Offset, long Length, Stream? Content);
