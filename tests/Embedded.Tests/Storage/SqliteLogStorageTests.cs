namespace Smcp.Storage;

public sealed class SqliteLogStorageTests : LogStorageContract, IDisposable
{
    private readonly TemporaryStore _store = new();

    protected override ILogStorage Storage => _store.Logs;

    public void Dispose() => _store.Dispose();
}
