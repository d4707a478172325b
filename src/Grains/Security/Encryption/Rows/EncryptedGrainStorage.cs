using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Rows;

/// <summary>
/// Grain state, encrypted before it reaches the store. The version that callers know stands in the row, so that a row
/// may be encrypted anew without it; the store's own version fences.
/// </summary>
internal sealed class EncryptedGrainStorage(
    RowCipher cipher,
    [FromKeyedServices(RawStorage.Key)] IGrainStorage inner,
    IOptions<EncryptionOptions> options) : IGrainStorage
{
    private readonly KnownRows _known = new(options.Value.RowsKnownMax);

    public async ValueTask<StoredState?> ReadAsync(StateAddress address, CancellationToken cancellationToken)
    {
        var place = Place(address);
        var owner = await cipher.Keys.LookAsync(place.Owner, cancellationToken)
            ?? await LookWithoutKeysAsync(place, address, cancellationToken);
        if (owner is null)
        {
            return null;
        }

        var (row, content) = await FetchAsync(owner, place, address, cancellationToken);
        return row.Version == 0 ? null : new StoredState(content, row.Version);
    }

    public async ValueTask<long> WriteAsync(
        StateAddress address, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        var place = Place(address);
        var owner = await cipher.Keys.FindAsync(place.Owner, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var row = await ExpectAsync(owner, place, address, expectedVersion, cancellationToken);
            var counter = expectedVersion == 0
                ? Math.Max(cipher.Begin(owner, place), row.Counter + 1)
                : Math.Max(row.Counter, owner.Index.Find(place.Id)?.Counter ?? 0) + 1;
            var key = await cipher.Keys.TakeAsync(owner, 1, cancellationToken);
            var written = key.Seal(place, counter, expectedVersion + 1, payload.Span);
            try
            {
                var stored = await inner.WriteAsync(address, written, row.StoredVersion, cancellationToken);
                cipher.Note(owner, place, IndexEntry.OfState(counter));
                _known.Set(place.Id, new KnownRow(expectedVersion + 1, stored, counter));
                return expectedVersion + 1;
            }
            catch (StateConflictException) when (attempt < RowCipher.AttemptsMax)
            {
                // What is known may be old: the row is read, and its version decides.
                _known.Forget(place.Id);
            }
        }
    }

    public async ValueTask ClearAsync(StateAddress address, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        var place = Place(address);
        var owner = await cipher.Keys.FindAsync(place.Owner, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var row = await ExpectAsync(owner, place, address, expectedVersion, cancellationToken);
            _known.Forget(place.Id);
            if (row.StoredVersion == 0)
            {
                return;
            }

            // First the index, durably: a row that were gone before its entry would look like one taken away.
            owner.Index.Note(place.Id, IndexEntry.Removed(row.Counter));
            await owner.Index.FlushAsync(cancellationToken);
            try
            {
                await inner.ClearAsync(address, row.StoredVersion, cancellationToken);
                return;
            }
            catch (StateConflictException) when (attempt < RowCipher.AttemptsMax)
            {
                // Written meanwhile: it is read, and its version decides.
            }
        }
    }

    /// <summary>
    /// Encrypts a row anew if another key than the one that writes encrypted it. Its version stays. False when there
    /// was nothing to do.
    /// </summary>
    public async ValueTask<bool> RenewAsync(StateAddress address, CancellationToken cancellationToken)
    {
        var place = Place(address);
        var owner = await cipher.Keys.FindAsync(place.Owner, cancellationToken);
        var stored = await inner.ReadAsync(address, cancellationToken);
        if (stored is null || RowHeader.Read(stored.Payload.Span)?.Key == owner.Current.Id)
        {
            return false;
        }

        var (row, content) = await FetchAsync(owner, place, address, cancellationToken);
        if (row.StoredVersion == 0)
        {
            return false;
        }

        if (row.Version == 0)
        {
            await inner.ClearAsync(address, row.StoredVersion, cancellationToken);
            return true;
        }

        var counter = Math.Max(row.Counter, owner.Index.Find(place.Id)?.Counter ?? 0) + 1;
        var key = await cipher.Keys.TakeAsync(owner, 1, cancellationToken);
        await inner.WriteAsync(
            address, key.Seal(place, counter, row.Version, content), row.StoredVersion, cancellationToken);
        _known.Forget(place.Id);
        cipher.Note(owner, place, IndexEntry.OfState(counter));
        return true;
    }

    private static RowPlace Place(StateAddress address) => address.GrainType == DataKeyAddress.RingType
        ? throw new ArgumentException($"The grain type {address.GrainType} is the encryption's own.")
        : RowPlace.Of(address);

    /// <summary>Apart from the read, which so needs no room for what this captures.</summary>
    private ValueTask<OwnerKeys?> LookWithoutKeysAsync(
        RowPlace place, StateAddress address, CancellationToken cancellationToken) =>
        cipher.LookWithoutKeysAsync(
            place, async token => await inner.ReadAsync(address, token) is null, cancellationToken);

    /// <summary>The row, if it is of the expected version.</summary>
    private async ValueTask<KnownRow> ExpectAsync(
        OwnerKeys owner, RowPlace place, StateAddress address, long version, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_known.Find(place.Id) is { } known && known.Version == version)
        {
            return known;
        }

        var (row, _) = await FetchAsync(owner, place, address, cancellationToken);
        return row.Version == version
            ? row
            : throw new StateConflictException($"The state {address} is at version {row.Version}, not {version}.");
    }

    /// <summary>Reads a row and holds it against the index.</summary>
    private async ValueTask<(KnownRow Row, byte[] Content)> FetchAsync(
        OwnerKeys owner, RowPlace place, StateAddress address, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await inner.ReadAsync(address, cancellationToken);
            var misses = false;
            try
            {
                if (Judge(owner, place, stored) is { } found)
                {
                    _known.Set(place.Id, found.Row);
                    return found;
                }

                misses = true;
                if (attempt == RowCipher.AttemptsMax)
                {
                    throw new DamagedRowException("A row names a data key that there is none of.");
                }
            }
            catch (DamagedRowException damage) when (attempt == RowCipher.AttemptsMax)
            {
                throw cipher.Refuse(place, damage);
            }
            catch (DamagedRowException)
            {
                // It may have been written or removed since this node looked: that is looked up before it is refused.
            }

            owner = await cipher.LookAgainAsync(owner, misses, cancellationToken);
        }
    }

    /// <summary>Null where its key is not known.</summary>
    private (KnownRow Row, byte[] Content)? Judge(OwnerKeys owner, RowPlace place, StoredState? stored)
    {
        var entry = owner.Index.Find(place.Id);
        if (stored is null)
        {
            return entry is null or { IsRemoved: true }
                ? (default, [])
                : throw new DamagedRowException("A row is missing that the index knows.");
        }

        var header = RowHeader.Read(stored.Payload.Span)
            ?? throw new DamagedRowException("A row is not encrypted.");
        if (entry is { IsRemoved: true } && entry.Value.Counter == header.Counter)
        {
            // Its removal was begun: it is finished by the next write, or the next removal.
            return (new KnownRow(0, stored.Version, header.Counter), []);
        }

        if (entry is { } least && header.Counter < least.Counter)
        {
            throw new DamagedRowException("A row was put back to what it was before.");
        }

        if (RowCipher.Open(owner, place, header, stored.Payload.Span) is not { } content)
        {
            return null;
        }

        cipher.Note(owner, place, IndexEntry.OfState(header.Counter));
        return (new KnownRow(header.Number, stored.Version, header.Counter), content);
    }
}
