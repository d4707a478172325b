using Smcp.Storage;

namespace Smcp.Security.Encryption.Rows;

public sealed class SqliteEncryptedGrainStorageTests : GrainStorageContract, IDisposable
{
    private readonly SqliteEncryptedStore _store = new();

    protected override IGrainStorage Storage => _store.Node.States;

    public void Dispose() => _store.Dispose();
}
