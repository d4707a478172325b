using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Masters;
using Smcp.Security.Encryption.Rows;

namespace Smcp.Security.Encryption.Backup;

/// <summary>Opens rows of a store that is not opened itself, by a ring as the store holds it.</summary>
internal sealed class BackupRows(IKeyWrapping wrapping)
{
    /// <summary>What stands in a row; null where the ring does not open it.</summary>
    public async ValueTask<byte[]?> OpenAsync(
        DataKeyRing? ring, RowPlace place, ReadOnlyMemory<byte> row, CancellationToken cancellationToken)
    {
        if (RowHeader.Read(row.Span) is not { } header
            || ring?.Keys.FirstOrDefault(key => key.Id == header.Key) is not { } held
            || await wrapping.UnwrapAsync(
                new WrappedKey(held.Master, held.Wrapped),
                DataKeyAddress.Context(place.Owner, held.Id),
                cancellationToken) is not { } bytes)
        {
            return null;
        }

        using var key = new DataKey(held.Id, bytes);
        return key.Open(place, row.Span);
    }
}
