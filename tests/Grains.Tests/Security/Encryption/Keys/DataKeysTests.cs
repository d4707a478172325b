using Microsoft.Extensions.DependencyInjection;
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

    private EncryptedStore Node() => EncryptedStore.InMemory(
        _stores,
        configure: services => services.Configure<EncryptionOptions>(
            options => (options.KeyMessagesMax, options.KeyMessagesBlock) = (1024, 16)));
}
