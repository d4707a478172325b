using Smcp.TestSupport;

namespace Smcp.Storage;

[Collection(AzuriteCollection.Name)]
public sealed class BlobSchemaTests(AzuriteServer server) : IDisposable
{
    private readonly TestContainer _container = new(server);

    public void Dispose() => _container.Dispose();

    [Fact]
    public async Task Open_Succeeds_WhenManyNodesStartTogether() => await Task.WhenAll(
        Enumerable.Range(0, 8).Select(_ => _container.NewStore().OpenAsync(default).AsTask()));

    [Fact]
    public async Task Open_IsRefused_WhenANewerVersionWroteTheContainer()
    {
        await _container.Store.MakeContainerAsync(default);
        await _container.Store.PutAsync("schema", "2"u8.ToArray(), 2, default);

        Assert.Equal(StorageStartFailure.NewerVersion, await RefusalAsync());
    }

    [Fact]
    public async Task Open_IsRefused_WhenTheContainerIsOfAnotherProgram()
    {
        await _container.Store.MakeContainerAsync(default);
        await _container.Store.PutAsync("photo", "1"u8.ToArray(), 1, default);

        Assert.Equal(StorageStartFailure.Foreign, await RefusalAsync());
    }

    [Fact]
    public async Task Open_IsRefused_WhenTheKeyIsAnother()
    {
        using var wrong = new TestContainer(server, options => options.ConnectionString =
            options.ConnectionString.Replace("AccountKey=", "AccountKey=AAAA", StringComparison.Ordinal));

        var refusal = await Assert.ThrowsAsync<StorageStartException>(async () => await wrong.Store.OpenAsync(default));
        Assert.Equal(StorageStartFailure.Failing, refusal.Reason);
        Assert.Contains("403", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<StorageStartFailure> RefusalAsync()
    {
        var refusal = await Assert.ThrowsAsync<StorageStartException>(async () =>
            await _container.NewStore().OpenAsync(default));
        return refusal.Reason;
    }
}
