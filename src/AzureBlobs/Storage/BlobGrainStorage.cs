using System.Collections.Concurrent;
using System.Text;

namespace Smcp.Storage;

/// <summary>
/// States as a blob each. One for each that uses it: it remembers the tags of what its user read or wrote, so that a
/// write need not look first.
/// </summary>
internal sealed class BlobGrainStorage(BlobStore store, string kind) : IGrainStorage
{
    private const int KnownMax = 256;

    private readonly ConcurrentDictionary<StateAddress, BlobContent> _known = new();

    public async ValueTask<StoredState?> ReadAsync(StateAddress address, CancellationToken cancellationToken)
    {
        await BeginAsync(address, cancellationToken);
        var found = await store.ReadAsync(BlobNames.OfState(kind, address), cancellationToken);
        Remember(address, found);
        return found is null ? null : new StoredState(found.Bytes, found.Version);
    }

    public async ValueTask<long> WriteAsync(
        StateAddress address, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        await BeginAsync(address, cancellationToken);
        if (payload.Length > store.Options.WriteBytesMax)
        {
            throw new ArgumentException(
                $"A write of {payload.Length} bytes is over the limit of {store.Options.WriteBytesMax} bytes.");
        }

        var tag = await TagOfAsync(address, expectedVersion, cancellationToken);
        _known.TryRemove(address, out _);
        var written = await store.WriteAsync(
            BlobNames.OfState(kind, address), payload, expectedVersion + 1, tag, CancellationToken.None);
        Remember(address, written is null ? null : new BlobContent(default, written, expectedVersion + 1));
        return written is null ? throw Conflict(address, expectedVersion) : expectedVersion + 1;
    }

    public async ValueTask ClearAsync(StateAddress address, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        await BeginAsync(address, cancellationToken);
        var name = BlobNames.OfState(kind, address);
        if (expectedVersion == 0)
        {
            if (await store.FindAsync(name, cancellationToken) is not null)
            {
                throw Conflict(address, expectedVersion);
            }

            return;
        }

        var tag = await TagOfAsync(address, expectedVersion, cancellationToken);
        _known.TryRemove(address, out _);
        if (!await store.RemoveAsync(name, tag, CancellationToken.None))
        {
            throw Conflict(address, expectedVersion);
        }
    }

    private static StateConflictException Conflict(StateAddress address, long expectedVersion) =>
        new($"{address} is not of version {expectedVersion}.");

    private ValueTask BeginAsync(StateAddress address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var part in (string[])[address.GrainType, address.GrainKey, address.Name])
        {
            KeyText.Require(part, store.Options.KeyBytesMax);
        }

        var bytes = Encoding.UTF8.GetByteCount(address.GrainType) + Encoding.UTF8.GetByteCount(address.GrainKey)
            + Encoding.UTF8.GetByteCount(address.Name);
        return bytes <= store.Options.KeyBytesMax
            ? store.OpenAsync(cancellationToken)
            : throw new ArgumentException($"An address of more than {store.Options.KeyBytesMax} bytes.");
    }

    /// <summary>The tag of the state, if it is of the expected version; none for a state that is new.</summary>
    private async ValueTask<string?> TagOfAsync(
        StateAddress address, long expectedVersion, CancellationToken cancellationToken)
    {
        if (expectedVersion == 0)
        {
            return null;
        }

        if (_known.TryGetValue(address, out var known) && known.Version == expectedVersion)
        {
            return known.Tag;
        }

        var found = await store.FindAsync(BlobNames.OfState(kind, address), cancellationToken);
        return found?.Version == expectedVersion ? found.Tag : throw Conflict(address, expectedVersion);
    }

    private void Remember(StateAddress address, BlobContent? found)
    {
        if (_known.Count >= KnownMax)
        {
            _known.Clear();
        }

        if (found is null)
        {
            _known.TryRemove(address, out _);
        }
        else
        {
            _known[address] = found with { Bytes = default };
        }
    }
}
