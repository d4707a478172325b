using Smcp.Engine;

namespace Smcp.Data;

/// <summary>
/// A part of the key-value store of one server; key: <see cref="DataPartKey"/>. One write at a time, and what is
/// read was durable before it is.
/// </summary>
[Grain("key-values")]
public interface IKeyValuesGrain
{
    /// <summary>From a server's runtime: the value of a key; null where there is none, or it expired.</summary>
    ValueTask<StoredValue?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>From a server's runtime: writes a value; durable, and counted, before it returns.</summary>
    ValueTask<ValueOutcome> SetAsync(ValueWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// From a server's runtime: removes a key. Version 0 where there was none; else the version that was removed.
    /// </summary>
    ValueTask<ValueOutcome> DeleteAsync(string key, long? expectedVersion, CancellationToken cancellationToken);

    /// <summary>
    /// From a server's runtime: the keys of this part that begin with a prefix, after a key, in ordinal order, at most
    /// so many.
    /// </summary>
    ValueTask<IReadOnlyList<ValueInfo>> ListAsync(
        string prefix, string? after, int countMax, CancellationToken cancellationToken);
}
