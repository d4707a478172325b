namespace Smcp.Storage;

/// <summary>
/// The fault that a crash test must find: callers are told before the commit, and after so many batches the commit does
/// not come at all.
/// </summary>
internal sealed class EarlyAcknowledgement(int afterBatches) : IWriterFailpoint
{
    private int _batches;

    public void Reach(WriterPoint point, IReadOnlyList<StorageWrite> batch)
    {
        if (point != WriterPoint.Applied)
        {
            return;
        }

        foreach (var write in batch)
        {
            write.Acknowledge();
        }

        if (++_batches > afterBatches)
        {
            // Until the process is killed.
            new ManualResetEventSlim().Wait();
        }
    }
}
