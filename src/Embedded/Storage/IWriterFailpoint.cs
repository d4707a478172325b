namespace Smcp.Storage;

/// <summary>
/// Where a test breaks the writer on purpose: dies between two steps, or acknowledges before the commit to show that
/// a crash test would notice. The product registers none, and has no setting that could.
/// </summary>
internal interface IWriterFailpoint
{
    /// <summary>Whether commits wait for the disk. If not, a power failure loses what was acknowledged.</summary>
    bool Syncs => true;

    /// <summary>The writer reached a point with these writes. Runs on the writer's thread.</summary>
    void Reach(WriterPoint point, IReadOnlyList<StorageWrite> batch);
}
