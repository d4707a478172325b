using Smcp.Storage;

namespace Smcp.Security.Encryption.Rows;

public sealed class SqliteEncryptedLogStorageTests : LogStorageContract, IDisposable
{
    private readonly SqliteEncryptedStore _store = new();

    protected override ILogStorage Storage => _store.Node.Logs;

    public void Dispose() => _store.Dispose();
}
