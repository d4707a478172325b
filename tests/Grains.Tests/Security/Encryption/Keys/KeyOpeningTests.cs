using Smcp.Security.Encryption.Masters;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

public sealed class KeyOpeningTests
{
    private readonly MemoryStores _stores = new();

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Start_MakesTheFirstMasterKey_WhenTheStoreIsEmpty()
    {
        await using var node = EncryptedStore.InMemory(_stores);

        await node.Get<KeyOpening>().OpenAsync(None);

        Assert.Equal(1, Assert.Single(_stores.Masters.Load()).Version);
    }

    [Fact]
    public async Task Start_IsRefused_WhenTheMasterKeyIsMissing()
    {
        await FillAsync();

        var refusal = await RefusalAsync(new MemoryMasterKeys());

        Assert.Equal(
            "The store is encrypted, and its master key is not at memory. Put it there, then start again.",
            refusal.Message);
    }

    [Fact]
    public async Task Start_IsRefused_WhenTheMasterKeyIsAnother()
    {
        await FillAsync();
        var another = new MemoryMasterKeys();
        another.Add(new MasterKey(1, new byte[32]));

        var refusal = await RefusalAsync(another);

        Assert.Contains("another master key (version 1)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_IsRefused_WhenTheVersionThatWrappedIsMissing()
    {
        await FillAsync();
        var newer = new MemoryMasterKeys();
        newer.Add(new MasterKey(2, _stores.Masters.Load()[0].Key));

        await RefusalAsync(newer);
    }

    [Fact]
    public async Task Start_IsRefused_WhenTheStoreHoldsDataWithoutKeys()
    {
        _stores.States.Put(new StateAddress("a", "b", "c"), new StoredState(new byte[100], 1));

        var refusal = await RefusalAsync(_stores.Masters);

        Assert.Contains("not the platform's keys", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_stores.Masters.Load());
    }

    [Fact]
    public async Task Start_GoesOn_WhenAnotherNodeIsAboutToWriteTheKeys()
    {
        var ahead = new ListedAhead(_stores.Inventory);
        await using var node = new EncryptedStore(_stores.States, _stores.Logs, ahead, _stores.Masters);

        await node.Get<KeyOpening>().OpenAsync(None);

        Assert.NotNull(await node.Get<DataKeyStore>().ReadAsync(KeyOwner.Platform, None));
    }

    private async Task FillAsync()
    {
        await using var node = EncryptedStore.InMemory(_stores);
        await node.Get<KeyOpening>().OpenAsync(None);
    }

    private async Task<EncryptionStartException> RefusalAsync(IMasterKeys masters)
    {
        await using var node = EncryptedStore.InMemory(_stores, masters);
        return await Assert.ThrowsAsync<EncryptionStartException>(
            async () => await node.Get<KeyOpening>().OpenAsync(None));
    }
}
