using Smcp.Storage;

namespace Smcp.Data;

/// <summary>
/// The content of one write of an object: a log of its own, a record for each piece. Who writes an object again writes
/// another log, so content is never changed, only removed.
/// </summary>
internal sealed class ObjectPieces(ILogStorage logs, string part)
{
    public ValueTask AppendAsync(string id, long number, ReadOnlyMemory<byte> piece) =>
        logs.AppendAsync(LogOf(id), number, [piece], CancellationToken.None);

    /// <summary>From an offset to where its piece ends; null where that is not there, or no longer.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(
        ObjectEntry entry, long offset, CancellationToken cancellationToken)
    {
        if (offset >= entry.Info!.Bytes)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        var before = offset / entry.PieceBytes;
        var records = await logs.ReadAsync(LogOf(entry.Info.Id), before, 1, cancellationToken);
        return records is [var record, ..] && record.Sequence == before + 1
            ? record.Payload[(int)(offset % entry.PieceBytes)..]
            : null;
    }

    public ValueTask RemoveAsync(string id) => logs.DeleteAsync(LogOf(id), CancellationToken.None);

    private string LogOf(string id) => $"object/{part}/{id}";
}
