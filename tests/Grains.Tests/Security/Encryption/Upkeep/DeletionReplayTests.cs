using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Security.Encryption.Backup;
using Smcp.Security.Encryption.Masters;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>What was destroyed stays gone in a store that is older than its destruction.</summary>
public sealed class DeletionReplayTests : IDisposable
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly StateAddress Row = new("thing", "acme/one", "state");

    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-deletions-").FullName;
    private readonly MemoryMasterKeys _masters = new();

    private string File => Path.Combine(_folder, "deletions.log");

    [Fact]
    public async Task Replay_DestroysAgain_WhatTheFileKnowsAndTheStoreDoesNot()
    {
        await DestroyElsewhereAsync();
        await using var restored = Open(new MemoryStores());
        await restored.States.WriteAsync(Row, "back again"u8.ToArray(), 0, default);

        var gone = await restored.Get<IBackupAdmission>().ReplayAsync(default);

        Assert.Equal([Acme], gone);
        await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await restored.States.ReadAsync(Row, default));
        Assert.Empty(await restored.Get<IBackupAdmission>().ReplayAsync(default));
    }

    [Theory]
    [InlineData(1, TenantStatus.Deleted)]
    [InlineData(2, TenantStatus.Active)]
    public async Task Replay_EndsTheLifeOfTheTenant_WhoseKeysItDestroys(int generation, TenantStatus status)
    {
        await DestroyElsewhereAsync();
        await using var restored = Open(new MemoryStores());
        var record = new TenantRecord { Id = Acme, Status = TenantStatus.Active, Generation = generation };
        await restored.Get<RestoredTenant>().PutAsync(record, default);

        await restored.Get<IBackupAdmission>().ReplayAsync(default);

        var log = new TenantLog(restored.Get<ILogStorage>(), Acme);
        await log.LoadAsync(default);
        Assert.Equal((status, generation), (log.Current.Status, log.Current.Generation));
    }

    [Fact]
    public async Task Replay_WritesTheFile_WhenItIsGone()
    {
        var stores = await DestroyElsewhereAsync();
        System.IO.File.Delete(File);
        await using var node = Open(stores);

        Assert.Empty(await node.Get<IBackupAdmission>().ReplayAsync(default));

        Assert.Equal(Acme, Assert.Single(await node.Get<DeletionFile>().ReadAsync(default)).Tenant);
    }

    [Theory]
    [InlineData("acme ", "none ")]
    [InlineData(" 1 2", " 2 2")]
    [InlineData("smcp-deletions-1 1", "smcp-deletions-1 2")]
    public async Task Replay_IsRefused_WhenTheFileWasEdited(string what, string by)
    {
        await DestroyElsewhereAsync();
        await System.IO.File.WriteAllTextAsync(
            File, (await System.IO.File.ReadAllTextAsync(File)).Replace(what, by, StringComparison.Ordinal));
        await using var node = Open(new MemoryStores());

        await Assert.ThrowsAsync<EncryptionStartException>(
            async () => await node.Get<IBackupAdmission>().ReplayAsync(default));
    }

    [Fact]
    public async Task Add_GoesOn_AfterALineThatACrashCutShort()
    {
        var stores = await DestroyElsewhereAsync();
        await System.IO.File.AppendAllTextAsync(File, "other 1 20");
        await using var node = Open(stores);

        await node.Get<IKeyAdministration>().DestroyTenantKeysAsync(TenantId.Parse("other"), default);

        Assert.Equal(
            ["acme", "other"],
            (await node.Get<DeletionFile>().ReadAsync(default)).Select(deletion => deletion.Tenant.ToString()));
    }

    [Fact]
    public async Task Rotation_LetsTheFileBeRead_WhenTheOldMasterKeyIsGone()
    {
        var stores = await DestroyElsewhereAsync();
        await using (var node = Open(stores))
        {
            await node.Get<IKeyAdministration>().RotateMasterAsync(default);
        }

        _masters.Forget(1);
        await using var later = Open(new MemoryStores());

        Assert.Equal(Acme, Assert.Single(await later.Get<DeletionFile>().ReadAsync(default)).Tenant);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<MemoryStores> DestroyElsewhereAsync()
    {
        var stores = new MemoryStores();
        await using var node = Open(stores);
        await node.States.WriteAsync(Row, "secret"u8.ToArray(), 0, default);
        await node.Get<IKeyAdministration>().DestroyTenantKeysAsync(Acme, default);
        return stores;
    }

    private EncryptedStore Open(MemoryStores stores) => EncryptedStore.InMemory(
        stores,
        _masters,
        services => services.PostConfigure<EncryptionOptions>(options => options.DeletionsFile = File));
}
