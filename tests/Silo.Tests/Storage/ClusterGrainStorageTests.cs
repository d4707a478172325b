using Smcp.TestSupport;

namespace Smcp.Storage;

public sealed class ClusterGrainStorageTests : GrainStorageContract
{
    private readonly SharedGrainStorage _provider = new(new InMemoryGrainStorage(), new WireGrainStorageSerializer());

    public ClusterGrainStorageTests() => Storage = new ClusterGrainStorage(_provider);

    protected override IGrainStorage Storage { get; }

    [Fact]
    public async Task Write_Conflicts_WhenAnotherActivationWroteSince()
    {
        var address = new StateAddress("counter", "tenant/a", "state");
        await Storage.WriteAsync(address, new byte[] { 1 }, 0, default);
        var other = new ClusterGrainStorage(_provider);

        await other.WriteAsync(address, new byte[] { 2 }, 1, default);

        await Assert.ThrowsAsync<StateConflictException>(
            async () => await Storage.WriteAsync(address, new byte[] { 3 }, 1, default));
        Assert.Equal(2, (await Storage.ReadAsync(address, default))!.Payload.Span[0]);
    }
}
