using Microsoft.Extensions.DependencyInjection;
using Smcp.Security.Encryption.Upkeep;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Keys;

public sealed class DataKeysTests
{
    private static readonly KeyOwner Acme = new("acme");

    private readonly MemoryStores _stores = new();

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Key_IsReplaced_BeforeItHasEncryptedMoreThanItMay()
    {
        var written = new Dictionary<int, int>();
        for (var process = 0; process < 8; process++)
        {
            await using var node = Node();
            for (var i = 0; i < 500; i++)
            {
                var address = new StateAddress("task", $"acme/echo/{process}-{i}", "task");
                await node.States.WriteAsync(address, new byte[10], 0, None);
                var key = Rows.RowHeader.Read(_stores.States.States[address].Payload.Span)!.Value.Key;
                written[key] = written.GetValueOrDefault(key) + 1;
            }

            await node.Logs.AppendAsync($"session/acme/{process}", 1, [.. new ReadOnlyMemory<byte>[200]], None);
        }

        await using var last = Node();
        var stored = await last.Get<DataKeyStore>().ReadAsync(Acme, None);
        Assert.True(stored!.Ring.Keys.Count > 4, $"{stored.Ring.Keys.Count} keys");
        Assert.All(stored.Ring.Keys, key => Assert.InRange(key.Messages, written.GetValueOrDefault(key.Id), 1024));
        Assert.NotNull(await last.States.ReadAsync(new StateAddress("task", "acme/echo/0-0", "task"), None));
    }

    [Fact]
    public async Task ManyFirstUsers_GetTheSameKey()
    {
        await using var one = Node();
        await using var other = Node();

        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            (await (i % 2 == 0 ? one : other).Keys.FindAsync(Acme, None)).Ring.LastId));

        Assert.All(found, id => Assert.Equal(1, id));
    }

    [Fact]
    public async Task Keys_AreHeldWithoutWaiting_OnceTheyWereFound()
    {
        await using var node = Node();
        await node.Keys.FindAsync(Acme, None);

        Assert.True(node.Keys.FindAsync(Acme, None).AsTask().IsCompletedSuccessfully);
        node.Keys.Invalidate();
        _stores.States.BeforeRead = _ => throw new StorageUnavailableException("No keys may be assumed.");
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await node.Keys.FindAsync(Acme, None));
    }

    [Fact]
    public async Task WrappedKeys_AreAllThatTheStoreHolds()
    {
        await using var node = Node();
        await node.Keys.FindAsync(Acme, None);

        Assert.All(_stores.States.States.Values, row => Assert.DoesNotContain(
            Convert.ToBase64String(_stores.Masters.Load()[0].Key.Span),
            System.Text.Encoding.UTF8.GetString(row.Payload.Span),
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_AreReadAgain_OnceTheyWereLetGo()
    {
        await using var node = Node(ownersHeldMax: 2);
        var address = new StateAddress("task", "acme/echo/1", "task");
        await node.States.WriteAsync(address, new byte[10], 0, None);
        var before = _stores.States.States[address];
        await node.States.WriteAsync(address, new byte[20], 1, None);
        await node.FlushAsync();
        var after = _stores.States.States[address];
        await MeetOthersAsync(node);

        // The index is read again with them.
        _stores.States.Put(address, before);
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await node.States.ReadAsync(address, None));

        _stores.States.Put(address, after);
        await MeetOthersAsync(node);
        var reads = 0;
        _stores.States.BeforeRead = read =>
        {
            reads += read == DataKeyAddress.Ring(Acme) ? 1 : 0;
            return ValueTask.CompletedTask;
        };

        Assert.Equal(20, (await node.States.ReadAsync(address, None))!.Payload.Length);
        Assert.NotEqual(0, reads);
    }

    [Fact]
    public async Task Index_LearnsOfNewKeys_AlsoWhenItsOwnerWasLetGo()
    {
        await using var node = Node(ownersHeldMax: 2);
        await using var other = Node();
        var held = await node.Keys.FindAsync(Acme, None);
        await MeetOthersAsync(node);

        Assert.True(await other.Get<TenantRotation>().BeginAsync(Acme, None));
        var address = new StateAddress("task", "acme/echo/1", "task");
        await other.States.WriteAsync(address, new byte[10], 0, None);
        await other.FlushAsync();

        await held.Index.RefreshAsync(None);
        Assert.NotNull(held.Index.Find(Rows.RowPlace.Of(address).Id));
        Assert.NotSame(held.Index, (await node.Keys.FindAsync(Acme, None)).Index);
    }

    /// <summary>So many that whoever was held goes.</summary>
    private static async Task MeetOthersAsync(EncryptedStore node)
    {
        for (var i = 0; i < 4; i++)
        {
            await node.Keys.FindAsync(new KeyOwner($"other-{i}"), None);
        }
    }

    private EncryptedStore Node(int ownersHeldMax = 100) => EncryptedStore.InMemory(
        _stores,
        configure: services => services.Configure<EncryptionOptions>(options =>
        {
            (options.KeyMessagesMax, options.KeyMessagesBlock) = (1024, 16);
            options.OwnersHeldMax = ownersHeldMax;
        }));
}
