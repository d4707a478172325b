using Microsoft.Extensions.DependencyInjection;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>Encrypts the records of a log anew that an older key encrypted.</summary>
internal sealed class LogRenewal(
    RowCipher cipher,
    [FromKeyedServices(RawStorage.Key)] ILogStorage inner,
    [FromKeyedServices(RawStorage.Key)] IStorageInventory inventory)
{
    private const int RecordsPerPage = 128;

    /// <summary>How many there were; some of them may be left where the log was trimmed meanwhile.</summary>
    public async ValueTask<long> RenewAsync(string log, CancellationToken cancellationToken)
    {
        var place = RowPlace.OfLog(log);
        var owner = await cipher.Keys.FindAsync(place.Owner, cancellationToken);
        var count = 0L;
        var after = 0L;
        while (await inner.ReadAsync(log, after, RecordsPerPage, cancellationToken) is { Count: > 0 } page)
        {
            var renewed = new List<RecordReplacement>();
            foreach (var row in page)
            {
                if (OpenOld(owner, place, row) is { } content)
                {
                    var header = RowHeader.Read(row.Payload.Span)!.Value;
                    var key = await cipher.Keys.TakeAsync(owner, 1, cancellationToken);
                    renewed.Add(new RecordReplacement(
                        row.Sequence, row.Payload, key.Seal(place, header.Counter, header.Number, content)));
                }
            }

            if (renewed.Count > 0)
            {
                await inventory.ReplaceAsync(log, renewed, cancellationToken);
                count += renewed.Count;
            }

            after = page[^1].Sequence;
        }

        return count;
    }

    /// <summary>
    /// The content of a record that an older key encrypted. What no key opens is damaged: it is left for who reads it.
    /// </summary>
    private static byte[]? OpenOld(OwnerKeys owner, RowPlace place, LogRecord row) =>
        RowHeader.Read(row.Payload.Span) is { } header && header.Key != owner.Current.Id
            ? owner.Find(header.Key)?.Open(place, row.Payload.Span)
            : null;
}
