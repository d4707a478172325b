using Microsoft.Extensions.DependencyInjection;

namespace Smcp.Storage;

public sealed class ClusterLogStorageTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Fact]
    public async Task Append_IsReadFromTheOtherSilo_InOrder()
    {
        var log = $"log-{Guid.NewGuid():N}";
        var one = silos.Silo(0).GetRequiredService<ILogStorage>();
        var other = silos.Silo(1).GetRequiredService<ILogStorage>();

        await one.AppendAsync(log, 1, [new byte[] { 1 }, new byte[] { 2 }], default);
        await other.AppendAsync(log, 3, [new byte[] { 3 }], default);

        var records = await one.ReadAsync(log, 1, 10, default);
        Assert.Equal([2L, 3L], records.Select(record => record.Sequence));
        Assert.Equal([2, 3], records.Select(record => (int)record.Payload.Span[0]));
        await Assert.ThrowsAsync<StateConflictException>(
            async () => await one.AppendAsync(log, 3, [new byte[] { 9 }], default));
    }
}
