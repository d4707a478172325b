namespace Smcp.Storage;

public sealed class SqliteGrainStorageTests : GrainStorageContract, IDisposable
{
    private readonly TemporaryStore _store = new();

    protected override IGrainStorage Storage => _store.Grains;

    public void Dispose() => _store.Dispose();
}
