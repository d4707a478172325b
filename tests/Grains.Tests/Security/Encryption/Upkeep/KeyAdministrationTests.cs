using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Upkeep;

public sealed class KeyAdministrationTests : IAsyncLifetime
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly MemoryStores _stores = new();

    private static CancellationToken None => CancellationToken.None;

    private static StateAddress[] States =>
    [
        .. from tenant in (string[])["acme", "globex"]
           from i in Enumerable.Range(0, 3)
           select new StateAddress("task", $"{tenant}/echo/{i}", "task"),
        new("key-ring", "requests", "keys"),
    ];

    private static string[] Logs => ["session/acme/1", "session/globex/1", "tenant/acme/sessions", "directory"];

    public async Task InitializeAsync()
    {
        await using var node = Node();
        foreach (var address in States)
        {
            await node.States.WriteAsync(address, "first"u8.ToArray(), 0, None);
            await node.States.WriteAsync(address, Text(address.ToString()), 1, None);
        }

        foreach (var log in Logs)
        {
            await node.Logs.AppendAsync(log, 1, [Text(log), Text("two"), Text("three")], None);
            await node.Logs.TrimAsync(log, 1, None);
        }

        await node.FlushAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task TenantsKey_IsReplacedInEveryRow_WhenItIsRotated()
    {
        await using var node = Node();
        var before = Rows("acme");

        Assert.True(await Keys(node).RotateTenantAsync(Acme, None));
        Assert.True(await Keys(node).ContinueAsync(None));

        var status = await Keys(node).DescribeAsync(Acme, None);
        Assert.Equal((1, 1, false), (status.Keys, status.Generation, status.IsDestroyed));
        Assert.All(Rows("acme"), row => Assert.Equal(2, RowHeader.Read(row.Span)!.Value.Key));
        Assert.DoesNotContain(Rows("acme"), row => before.Any(old => old.Span.SequenceEqual(row.Span)));
        Assert.All(Rows("globex"), row => Assert.Equal(1, RowHeader.Read(row.Span)!.Value.Key));
        await AssertAllOpensAsync(node);
    }

    [Fact]
    public async Task WritersGoOn_WhileTheirTenantsKeyIsRotated()
    {
        // The grace is what lets a write that took the old key come to its end.
        await using var node = EncryptedStore.InMemory(
            _stores,
            configure: services => services.Configure<EncryptionOptions>(
                options => options.RetiredKeyGrace = TimeSpan.FromMilliseconds(200)));
        await Keys(node).RotateTenantAsync(Acme, None);
        var version = (await node.States.ReadAsync(States[0], None))!.Version;
        using var done = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            var records = 4L;
            while (!done.IsCancellationRequested)
            {
                version = await node.States.WriteAsync(States[0], Text($"{version}"), version, None);
                await node.Logs.AppendAsync(Logs[0], records++, [Text("more")], None);
            }
        });

        for (var i = 0; i < 3; i++)
        {
            await FinishAsync(node);
            Assert.True(await Keys(node).RotateTenantAsync(Acme, None));
        }

        await done.CancelAsync();
        await writer;
        await FinishAsync(node);
        Assert.Equal(version, (await node.States.ReadAsync(States[0], None))!.Version);
        Assert.All(Rows("acme"), row => Assert.Equal(5, RowHeader.Read(row.Span)!.Value.Key));
    }

    [Fact]
    public async Task OldKey_StaysInUse_UntilNoNodeMayWriteWithIt()
    {
        await using var node = EncryptedStore.InMemory(
            _stores,
            configure: services => services.Configure<EncryptionOptions>(
                options => options.RetiredKeyGrace = TimeSpan.FromMinutes(1)));

        await Keys(node).RotateTenantAsync(Acme, None);

        Assert.False(await Keys(node).ContinueAsync(None));
        Assert.Equal(2, (await Keys(node).DescribeAsync(Acme, None)).Keys);
        await AssertAllOpensAsync(node);
    }

    [Fact]
    public async Task PlatformsKey_IsRotated_AsATenantsIs()
    {
        await using var node = Node();

        Assert.True(await Keys(node).RotateTenantAsync(TenantId.Platform, None));
        Assert.True(await Keys(node).ContinueAsync(None));

        Assert.Equal(2, RowHeader.Read(_stores.States.States[States[^1]].Payload.Span)!.Value.Key);
        await AssertAllOpensAsync(node);
    }

    [Fact]
    public async Task EveryDataKey_IsWrappedAnew_WhenTheMasterKeyIsRotated()
    {
        await using var node = Node();

        Assert.Equal(2, await Keys(node).RotateMasterAsync(None));

        var status = await Keys(node).StatusAsync(None);
        Assert.Equal((2, 3, 0), (status.Master, status.Owners, status.OnOlderMaster));
        await using var next = Node();
        await AssertAllOpensAsync(next);
    }

    [Fact]
    public async Task Tenant_IsLost_WhenItsKeysAreDestroyed()
    {
        await using var node = Node();
        await using var other = Node();
        await other.States.ReadAsync(States[0], None);

        Assert.True(await Keys(node).DestroyTenantKeysAsync(Acme, None));

        await AssertLostAsync(node);
        await other.Get<KeyWatch>().LookAsync(None);
        await AssertLostAsync(other);
        Assert.Equal(Acme, Assert.Single(await Keys(node).DeletionsAsync(None)).Tenant);
        Assert.True(await Keys(node).ContinueAsync(None));
        Assert.Empty(Rows("acme"));
        await using var next = Node();
        await AssertLostAsync(next);
        await AssertOpensAsync(next, "globex");
    }

    [Fact]
    public async Task Tenant_BeginsEmpty_WhenItIsGivenNewKeys()
    {
        await using var node = Node();
        Assert.False(await Keys(node).ProvisionTenantAsync(Acme, None));
        await Keys(node).DestroyTenantKeysAsync(Acme, None);

        Assert.True(await Keys(node).ProvisionTenantAsync(Acme, None));

        Assert.Null(await node.States.ReadAsync(States[0], None));
        Assert.Equal(1, await node.States.WriteAsync(States[0], Text("new"), 0, None));
        await node.Logs.AppendAsync(Logs[0], 1, [Text("new")], None);
        Assert.True(await Keys(node).ContinueAsync(None));
        await using var next = Node();
        Assert.Equal(1, (await next.States.ReadAsync(States[0], None))!.Version);
        Assert.Equal(2, (await Keys(next).DescribeAsync(Acme, None)).Generation);
    }

    [Fact]
    public async Task Platform_IsNotDestroyed()
    {
        await using var node = Node();

        Assert.False(await Keys(node).DestroyTenantKeysAsync(TenantId.Platform, None));

        await AssertAllOpensAsync(node);
    }

    [Fact]
    public async Task Deletions_AreDoneAgain_WhenABackupFromBeforeIsRestored()
    {
        var backup = _stores.States.States.ToDictionary();
        IReadOnlyList<KeyDeletion> deletions;
        await using (var node = Node())
        {
            await Keys(node).DestroyTenantKeysAsync(Acme, None);
            deletions = await Keys(node).DeletionsAsync(None);
        }

        foreach (var (address, row) in backup)
        {
            _stores.States.Put(address, row);
        }

        await _stores.Logs.DeleteAsync("key-deletions", None);
        await _stores.Logs.DeleteAsync(DataKeyAddress.Index(KeyOwner.Platform), None);
        await using var restored = Node();
        Assert.NotNull(await restored.States.ReadAsync(States[0], None));

        await Keys(restored).ReplayDeletionsAsync(deletions, None);

        await AssertLostAsync(restored);
        Assert.Single(await Keys(restored).DeletionsAsync(None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Everything_Opens_WhereverTheRotationOfATenantsKeyIsKilled(bool diesAfter) =>
        KillEverywhereAsync(
            diesAfter,
            async keys =>
            {
                await keys.RotateTenantAsync(Acme, None);
                await keys.ContinueAsync(None);
            },
            async node =>
            {
                Assert.Equal(1, (await Keys(node).DescribeAsync(Acme, None)).Keys);
                await AssertAllOpensAsync(node);
            },
            AssertAllOpensAsync);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Everything_Opens_WhereverTheRotationOfTheMasterKeyIsKilled(bool diesAfter) =>
        KillEverywhereAsync(
            diesAfter,
            async keys => await keys.RotateMasterAsync(None),
            async node =>
            {
                Assert.Equal(0, (await Keys(node).StatusAsync(None)).OnOlderMaster);
                await AssertAllOpensAsync(node);
            },
            AssertAllOpensAsync);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task OthersOpen_WhereverADestructionIsKilled(bool diesAfter) => KillEverywhereAsync(
        diesAfter,
        async keys =>
        {
            await keys.DestroyTenantKeysAsync(Acme, None);
            await keys.ContinueAsync(None);
        },
        async node =>
        {
            // Killed before anything was written, it is as if it had not been asked for.
            if ((await Keys(node).DescribeAsync(Acme, None)).IsDestroyed)
            {
                await AssertLostAsync(node);
                Assert.Empty(Rows("acme"));
            }
            else
            {
                Assert.Empty(await Keys(node).DeletionsAsync(None));
                await AssertAllOpensAsync(node);
            }
        },
        node => AssertOpensAsync(node, "globex"));

    private static IKeyAdministration Keys(EncryptedStore node) => node.Get<IKeyAdministration>();

    private static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task FinishAsync(EncryptedStore node)
    {
        while (!await Keys(node).ContinueAsync(None))
        {
            await Task.Yield();
        }
    }

    private static void WithoutGrace(IServiceCollection services) =>
        services.Configure<EncryptionOptions>(options => options.RetiredKeyGrace = TimeSpan.Zero);

    private static Task AssertAllOpensAsync(EncryptedStore node) => AssertOpensAsync(node, string.Empty);

    private static async Task AssertOpensAsync(EncryptedStore node, string part)
    {
        foreach (var address in States.Where(at => at.GrainKey.Contains(part, StringComparison.Ordinal)))
        {
            var state = await node.States.ReadAsync(address, None);
            Assert.Equal((address.ToString(), 2), (Encoding.UTF8.GetString(state!.Payload.Span), state.Version));
        }

        foreach (var log in Logs.Where(name => name.Contains(part, StringComparison.Ordinal)))
        {
            Assert.Equal(new LogExtent(2, 3), await node.Logs.ExtentAsync(log, None));
            Assert.Equal(
                ["two", "three"],
                (await node.Logs.ReadAsync(log, 0, 10, None)).Select(row => Encoding.UTF8.GetString(row.Payload.Span)));
        }
    }

    private static async Task AssertLostAsync(EncryptedStore node)
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await node.States.ReadAsync(States[0], None));
        await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await node.Logs.ReadAsync(Logs[0], 0, 10, None));
        await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await node.States.WriteAsync(States[0] with { Name = "new" }, Text("new"), 0, None));
    }

    private EncryptedStore Node() => EncryptedStore.InMemory(_stores, configure: WithoutGrace);

    private List<ReadOnlyMemory<byte>> Rows(string tenant) =>
    [
        .. States.Where(at => at.GrainKey.StartsWith(tenant, StringComparison.Ordinal))
            .Select(at => _stores.States.States.GetValueOrDefault(at)?.Payload)
            .Concat(Logs.Where(log => log.Contains(tenant, StringComparison.Ordinal)).SelectMany(Records))
            .OfType<ReadOnlyMemory<byte>>(),
    ];

    private IEnumerable<ReadOnlyMemory<byte>?> Records(string log) =>
        _stores.Logs.RecordsOf(log).Select(record => (ReadOnlyMemory<byte>?)record.Payload);

    /// <summary>
    /// Kills the work at each of its writes in turn, and looks at what the next process finds and makes of it.
    /// </summary>
    private async Task KillEverywhereAsync(
        bool diesAfter,
        Func<IKeyAdministration, Task> work,
        Func<EncryptedStore, Task> assertDone,
        Func<EncryptedStore, Task> assertAtOnce)
    {
        var kills = 0;
        for (var at = 1; await KilledAsync(at); at++)
        {
            kills++;
            await using (var next = Node())
            {
                await assertAtOnce(next);
                Assert.True(await Keys(next).ContinueAsync(None));
                await assertDone(next);
            }

            await using var last = Node();
            await assertDone(last);
            _stores.Reset();
            await InitializeAsync();
        }

        Assert.InRange(kills, 3, 200);

        async Task<bool> KilledAsync(int at)
        {
            var mortal = new MortalStores(_stores, at, diesAfter);
            await using var node = new EncryptedStore(mortal, mortal, mortal, _stores.Masters, WithoutGrace);
            try
            {
                await work(Keys(node));
            }
            catch (IOException)
            {
                // Dead.
            }

            return mortal.IsDead;
        }
    }
}
