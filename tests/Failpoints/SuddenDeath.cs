using System.Diagnostics;

namespace Smcp.Storage;

/// <summary>The process dies, by SIGKILL, when the writer reaches a point with its n-th batch.</summary>
internal sealed class SuddenDeath(WriterPoint at, int batch) : IWriterFailpoint
{
    private int _reached;

    public void Reach(WriterPoint point, IReadOnlyList<StorageWrite> writes)
    {
        if (point == at && ++_reached == batch)
        {
            using var self = Process.GetCurrentProcess();
            using var never = new ManualResetEventSlim();
            self.Kill();
            never.Wait();
        }
    }
}
