namespace Smcp.Storage;

/// <summary>The fault that a power-loss test must find: no commit waits for the disk.</summary>
internal sealed class MissingSync : IWriterFailpoint
{
    public bool Syncs => false;

    public void Reach(WriterPoint point, IReadOnlyList<StorageWrite> batch)
    {
    }
}
