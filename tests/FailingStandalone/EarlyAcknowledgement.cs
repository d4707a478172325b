using Smcp.Storage;

namespace Smcp.FailingStandalone;

/// <summary>Tells every caller that its write is durable, and only then, after a while, commits it.</summary>
internal sealed class EarlyAcknowledgement : IWriterFailpoint, IDisposable
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(30);

    private readonly ManualResetEventSlim _never = new();

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

        _never.Wait(Late);
    }

    public void Dispose() => _never.Dispose();
}
