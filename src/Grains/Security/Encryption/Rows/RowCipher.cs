using Microsoft.Extensions.Logging;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Rows;

/// <summary>What both ports share: keys, index, clock, and how damage is refused.</summary>
internal sealed partial class RowCipher(
    DataKeys keys, IndexFlusher flusher, TimeProvider time, ILogger<RowCipher> logger)
{
    /// <summary>How often something that does not fit is read again: another may be writing it right now.</summary>
    public const int AttemptsMax = 4;

    public DataKeys Keys => keys;

    public void Note(OwnerKeys owner, RowPlace place, IndexEntry entry) => flusher.Note(owner.Index, place.Id, entry);

    /// <summary>
    /// Where the counters of a row begin that is new at its place: the time, in 2^-20 of a millisecond, so it is beyond
    /// every counter that the place had before, and beyond what the index remembers of it in case the clock was put
    /// back.
    /// </summary>
    public long Begin(OwnerKeys owner, RowPlace place) =>
        Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds() << 20, (owner.Index.Find(place.Id)?.Counter ?? 0) + 1);

    /// <summary>The content of a row. Null where a key is missing that another node may have made.</summary>
    /// <exception cref="DamagedRowException">It is not what was written there.</exception>
    public static byte[]? Open(OwnerKeys owner, RowPlace place, RowHeader header, ReadOnlySpan<byte> row) =>
        owner.Find(header.Key) is not { } key
            ? null
            : key.Open(place, row) ?? throw new DamagedRowException("A row does not open: changed, or moved there.");

    /// <summary>
    /// Something does not fit what this node knows: other nodes' changes of keys and index are read.
    /// </summary>
    public async ValueTask<OwnerKeys> LookAgainAsync(
        OwnerKeys owner, bool misses, CancellationToken cancellationToken)
    {
        if (misses)
        {
            await keys.ReloadAsync(owner.Owner, cancellationToken);
        }

        await owner.Index.RefreshAsync(cancellationToken);
        return await keys.FindAsync(owner.Owner, cancellationToken);
    }

    /// <summary>
    /// The keys to read a place with whose owner had none when it was looked at: null where nothing stands there. What
    /// does may have been written since; without keys it cannot be ours.
    /// </summary>
    /// <param name="place">What is read.</param>
    /// <param name="isEmpty">Whether the store has nothing there.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async ValueTask<OwnerKeys?> LookWithoutKeysAsync(
        RowPlace place, Func<CancellationToken, ValueTask<bool>> isEmpty, CancellationToken cancellationToken) =>
        await isEmpty(cancellationToken)
            ? null
            : await keys.LookAsync(place.Owner, cancellationToken)
                ?? throw Refuse(place, new DamagedRowException("A row stands there whose owner has no keys."));

    /// <summary>Says that a row was refused, and what its reader gets.</summary>
    public StorageUnavailableException Refuse(RowPlace place, DamagedRowException damage)
    {
        LogRowRefused(place.ToString(), damage.Message);
        return new StorageUnavailableException("The read failed: the row is damaged.", damage);
    }
}
