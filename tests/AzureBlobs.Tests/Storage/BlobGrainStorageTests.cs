using Smcp.TestSupport;

namespace Smcp.Storage;

[Collection(AzuriteCollection.Name)]
public sealed class BlobGrainStorageTests : GrainStorageContract, IDisposable
{
    private readonly TestContainer _container;

    public BlobGrainStorageTests(AzuriteServer server)
    {
        _container = new TestContainer(server);
        Storage = _container.NewStates();
    }

    protected override IGrainStorage Storage { get; }

    public void Dispose() => _container.Dispose();

    [Fact]
    public async Task Write_Conflicts_WhenAnotherActivationWroteSince()
    {
        var address = new StateAddress("counter", "tenant/a", "state");
        await Storage.WriteAsync(address, new byte[] { 1 }, 0, default);
        await _container.NewStates().WriteAsync(address, new byte[] { 2 }, 1, default);

        await Assert.ThrowsAsync<StateConflictException>(async () =>
            await Storage.WriteAsync(address, new byte[] { 3 }, 1, default));
        Assert.Equal(2, (await Storage.ReadAsync(address, default))!.Payload.Span[0]);
    }

    [Fact]
    public async Task Write_Conflicts_WhenTheStateWasClearedAndBegunAnewSince()
    {
        var address = new StateAddress("counter", "tenant/a", "state");
        var other = _container.NewStates();
        await Storage.WriteAsync(address, new byte[] { 1 }, 0, default);
        await other.ClearAsync(address, 1, default);
        await other.WriteAsync(address, new byte[] { 2 }, 0, default);

        await Assert.ThrowsAsync<StateConflictException>(async () =>
            await Storage.WriteAsync(address, new byte[] { 3 }, 1, default));
    }

    [Fact]
    public async Task Rows_AreApart_WhenTheyAreOfNodes()
    {
        var address = new StateAddress("a", "b", "c");
        await _container.NewNodes().WriteAsync(address, new byte[] { 1 }, 0, default);

        Assert.Null(await Storage.ReadAsync(address, default));
        Assert.Empty(await _container.Inventory.ListStatesAsync(string.Empty, null, 10, default));
    }
}
