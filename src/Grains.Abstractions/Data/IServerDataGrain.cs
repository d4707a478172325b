using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Data;

/// <summary>
/// What a server stores, for who administers its tenant; key: <see cref="Servers.ServerKey"/>. What is there is told
/// and can be removed; what is in it, and what the server says of it, is the server's and its users', and no call
/// returns it.
/// </summary>
[Grain("server-data")]
public interface IServerDataGrain
{
    /// <summary>Keys that begin with a prefix, after a key, in ordinal order.</summary>
    [Interleaves]
    ValueTask<ValuePage> ListValuesAsync(
        CallContext context, string prefix, string? after, int countMax, CancellationToken cancellationToken);

    /// <summary>Removes a key. Null, or why not.</summary>
    [Interleaves]
    ValueTask<McpFault?> DeleteValueAsync(CallContext context, string key, CancellationToken cancellationToken);

    /// <summary>Objects, and what their keys have in common up to a delimiter, in ordinal order.</summary>
    [Interleaves]
    ValueTask<ObjectPage> ListObjectsAsync(
        CallContext context, ObjectQuery query, CancellationToken cancellationToken);

    /// <summary>Removes an object. Null, or why not.</summary>
    [Interleaves]
    ValueTask<McpFault?> DeleteObjectAsync(CallContext context, string key, CancellationToken cancellationToken);

    /// <summary>
    /// Removes all that the server stores, for good: keys, objects, the state of its instances. For one that nobody
    /// reaches any more; what is written meanwhile may stay. Null; <see cref="FaultReason.NotFound"/> where there was
    /// nothing; or why not. Asked again, it goes on where it ended.
    /// </summary>
    ValueTask<McpFault?> DeleteAllAsync(CallContext context, CancellationToken cancellationToken);
}
