using Microsoft.Extensions.DependencyInjection;
using Smcp.Security.Encryption.Upkeep;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Masters;

public sealed class TransitKeyWrappingTests : IAsyncLifetime
{
    private static readonly StateAddress Address = new("task", "acme/echo/1", "task");

    private readonly MemoryStores _stores = new();
    private readonly string _token = Path.GetTempFileName();
    private FakeVault _vault = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _vault = await FakeVault.StartAsync();
        await File.WriteAllTextAsync(_token, FakeVault.Token + "\n");
    }

    public async Task DisposeAsync()
    {
        await _vault.DisposeAsync();
        File.Delete(_token);
    }

    [Fact]
    public async Task Store_OpensWithTheVaultsKey_AndAfterItsRotation()
    {
        await using (var node = Node())
        {
            await node.States.WriteAsync(Address, "one"u8.ToArray(), 0, None);
            Assert.Equal(2, await node.Get<IKeyAdministration>().RotateMasterAsync(None));
        }

        Assert.Empty(_stores.Masters.Load());
        await using var next = Node();
        Assert.NotNull(await next.States.ReadAsync(Address, None));
        var status = await next.Get<IKeyAdministration>().StatusAsync(None);
        Assert.Equal((2, 0), (status.Master, status.OnOlderMaster));
    }

    [Fact]
    public async Task Store_IsRefused_WhenTheVaultHasAnotherKey()
    {
        await using (var node = Node())
        {
            await node.States.WriteAsync(Address, "one"u8.ToArray(), 0, None);
        }

        await _vault.DisposeAsync();
        _vault = await FakeVault.StartAsync();
        await using var next = Node();

        var refusal = await Assert.ThrowsAsync<EncryptionStartException>(
            async () => await next.States.ReadAsync(Address, None));

        Assert.Contains("has no key smcp", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_IsUnavailable_WhileTheVaultRefusesUs()
    {
        await File.WriteAllTextAsync(_token, "another token");
        await using var node = Node();

        await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await node.States.WriteAsync(Address, "one"u8.ToArray(), 0, None));

        await File.WriteAllTextAsync(_token, FakeVault.Token);
        Assert.Equal(1, await node.States.WriteAsync(Address, "one"u8.ToArray(), 0, None));
    }

    [Fact]
    public async Task Key_DoesNotUnwrap_ForAnotherContext()
    {
        await using var node = Node();
        var wrapping = node.Get<IKeyWrapping>();
        await wrapping.OpenAsync(mayCreate: true, None);
        var wrapped = await wrapping.WrapAsync(new byte[32], "acme"u8.ToArray(), None);

        Assert.Equal(1, wrapped.Version);
        Assert.Equal(new byte[32], await wrapping.UnwrapAsync(wrapped, "acme"u8.ToArray(), None));
        Assert.Null(await wrapping.UnwrapAsync(wrapped, "globex"u8.ToArray(), None));
    }

    private EncryptedStore Node() => EncryptedStore.InMemory(
        _stores,
        configure: services => services.Configure<TransitOptions>(
            options => (options.Address, options.TokenFile) = (_vault.Address, _token)));
}
