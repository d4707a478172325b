using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Data;

/// <summary>
/// A part of the objects of one server; key: <see cref="DataPartKey"/>. An object is what one write made it, whole:
/// pieces gather out of sight until the last has come, and who reads one keeps to it or is told that it is gone.
/// </summary>
[Grain("objects")]
public interface IObjectsGrain
{
    /// <summary>From a server's runtime: what is known of an object; null where there is none.</summary>
    ValueTask<ObjectInfo?> HeadAsync(string key, CancellationToken cancellationToken);

    /// <summary>From a server's runtime: an object, and its first piece from an offset.</summary>
    ValueTask<ObjectContent> OpenAsync(ObjectRead read, CancellationToken cancellationToken);

    /// <summary>
    /// From a server's runtime: the next piece of an object that was opened, from an offset to where the stored piece
    /// ends; <see cref="FaultReason.Conflict"/> when the object was replaced or removed since.
    /// </summary>
    [Interleaves]
    ValueTask<ObjectContent> ReadAsync(string key, string id, long offset, CancellationToken cancellationToken);

    /// <summary>
    /// From a server's runtime: a piece of an object that is written. The last one makes it the object of its key;
    /// durable, and counted, before it returns. After a fault the whole write is undone.
    /// </summary>
    ValueTask<ObjectOutcome> WriteAsync(ObjectPiece piece, CancellationToken cancellationToken);

    /// <summary>From a server's runtime: gives up a write.</summary>
    ValueTask AbortAsync(string upload, CancellationToken cancellationToken);

    /// <summary>From a server's runtime: removes an object; its info is null where there was none.</summary>
    ValueTask<ObjectOutcome> DeleteAsync(
        string key, ObjectConditions conditions, CancellationToken cancellationToken);

    /// <summary>
    /// From a server's runtime: objects of this part, and what their keys have in common up to a delimiter, in ordinal
    /// order.
    /// </summary>
    ValueTask<IReadOnlyList<ObjectListing>> ListAsync(ObjectQuery query, CancellationToken cancellationToken);
}
