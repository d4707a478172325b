namespace Smcp.Storage;

/// <summary>
/// The fault that a crash test must find: from a batch on, callers are told before the commit, which is then held back.
/// </summary>
internal sealed class EarlyAcknowledgement(int fromBatch, TimeSpan hold) : IWriterFailpoint
{
    private int _batches;

    public void Reach(WriterPoint point, IReadOnlyList<StorageWrite> batch)
    {
        if (point != WriterPoint.Applied || ++_batches < fromBatch)
        {
            return;
        }

        foreach (var write in batch)
        {
            write.Acknowledge();
        }

        using var never = new ManualResetEventSlim();
        never.Wait(hold);
    }
}
