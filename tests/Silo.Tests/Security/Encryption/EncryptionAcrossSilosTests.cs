using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Storage;

namespace Smcp.Security.Encryption;

/// <summary>What one silo encrypts the other opens, and the store beneath sees none of it.</summary>
public sealed class EncryptionAcrossSilosTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task State_OpensOnBothSilos_AndTheStoreHoldsNoneOfItInClear()
    {
        var address = new StateAddress("session", "default/relay/s_canary", "state");
        var (here, there) = (StatesAt(0), StatesAt(1));

        Assert.Equal(1, await here.WriteAsync(address, "canary one"u8.ToArray(), 0, None));
        Assert.Equal("canary one", await TextAsync(there, address));
        Assert.Equal(2, await there.WriteAsync(address, "canary two"u8.ToArray(), 1, None));
        Assert.Equal("canary two", await TextAsync(here, address));
        await Assert.ThrowsAsync<StateConflictException>(
            async () => await StatesAt(0).WriteAsync(address, "canary three"u8.ToArray(), 1, None));

        var raw = silos.Silo(0).GetRequiredKeyedService<IGrainStorage>(RawStorage.Key);
        Assert.DoesNotContain("canary", await TextAsync(raw, address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OpensOnBothSilos()
    {
        const string Log = "session/default/relay/s_canary";
        var (here, there) = (LogsAt(0), LogsAt(1));

        await here.AppendAsync(Log, 1, ["one"u8.ToArray()], None);
        await there.AppendAsync(Log, 2, ["two"u8.ToArray()], None);

        foreach (var logs in (ILogStorage[])[here, there])
        {
            var records = await logs.ReadAsync(Log, 0, 10, None);
            Assert.Equal(["one", "two"], records.Select(record => Encoding.UTF8.GetString(record.Payload.Span)));
        }
    }

    [Fact]
    public async Task Sealed_OpensOnTheOtherSilo()
    {
        var sealedText = await silos.Silo(0).GetRequiredService<ISealer>().SealAsync("t", "one"u8.ToArray(), None);
        var there = silos.Silo(1).GetRequiredService<ISealer>();

        Assert.Equal("one"u8.ToArray(), await there.OpenAsync("t", sealedText, None));
        Assert.Null(await there.OpenAsync("other", sealedText, None));
    }

    [Fact]
    public async Task State_OpensOnBothSilos_WhenTheTenantsKeyWasRotatedThroughOne()
    {
        var address = new StateAddress("session", "default/relay/s_rotated", "state");
        await StatesAt(0).WriteAsync(address, "one"u8.ToArray(), 0, None);
        Assert.Equal("one", await TextAsync(StatesAt(1), address));
        var before = await Keys(1).DescribeAsync(Operator, TenantId.Default, None);

        Assert.True(await Keys(0).RotateTenantAsync(Operator, TenantId.Default, None));
        await StatesAt(0).WriteAsync(address, "two"u8.ToArray(), 1, None);

        Assert.Equal("two", await TextAsync(StatesAt(1), address));
        Assert.Equal(3, await StatesAt(1).WriteAsync(address, "three"u8.ToArray(), 2, None));
        Assert.Equal("three", await TextAsync(StatesAt(0), address));
        var after = await Keys(1).DescribeAsync(Operator, TenantId.Default, None);
        Assert.True(after.CreatedAt > before.CreatedAt, "The rotation made no new key.");
    }

    private static CallContext Operator => new()
    {
        Tenant = TenantId.Platform,
        Principal = PrincipalId.Parse("kim"),
        Scopes = [McpScopes.Admin],
        Permissions = ["platform.*:*"],
        Revision = string.Empty,
        CorrelationId = "r-1",
    };

    private IKeyGrain Keys(int silo) =>
        silos.Silo(silo).GetRequiredService<IGrainLocator>().Locate<IKeyGrain>(IKeyGrain.Key);

    private static async Task<string> TextAsync(IGrainStorage storage, StateAddress address) =>
        Encoding.UTF8.GetString((await storage.ReadAsync(address, None))!.Payload.Span);

    private IGrainStorage StatesAt(int silo) => silos.Silo(silo).GetRequiredService<IGrainStorage>();

    private ILogStorage LogsAt(int silo) => silos.Silo(silo).GetRequiredService<ILogStorage>();
}
