using System.Text;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Rows;

/// <summary>What somebody who can write to the store achieves: nothing that is served.</summary>
public sealed class EncryptedGrainStorageTests : IAsyncLifetime
{
    private static readonly StateAddress Acme = new("task", "acme/echo/1", "task");
    private static readonly StateAddress AcmeOther = new("task", "acme/echo/2", "task");
    private static readonly StateAddress Globex = new("task", "globex/echo/1", "task");

    private readonly MemoryStores _stores = new();
    private readonly EncryptedStore _node;

    public EncryptedGrainStorageTests() => _node = EncryptedStore.InMemory(_stores);

    private static CancellationToken None => CancellationToken.None;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Payload_IsNotInTheStore_WhenItWasWritten()
    {
        await WriteAsync(Acme, "a marker that nobody may find", 0);

        Assert.All(_stores.States.States.Values, row =>
            Assert.DoesNotContain("marker", Encoding.Latin1.GetString(row.Payload.Span), StringComparison.Ordinal));
        Assert.Equal("a marker that nobody may find", await ReadAsync(Acme));
    }

    /// <summary>Anybody may ask for a name that nobody has: that must not make the store grow.</summary>
    [Fact]
    public async Task Read_StoresNothing_WhereTheOwnerHasNothing()
    {
        Assert.Null(await _node.States.ReadAsync(Acme, None));
        Assert.Empty(await _node.Logs.ReadAsync("session/globex/echo/1", 0, 10, None));
        Assert.Equal(default, await _node.Logs.ExtentAsync("session/globex/echo/1", None));

        Assert.DoesNotContain(
            _stores.States.States.Keys, row => row.GrainKey.StartsWith("tenant/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_IsRefused_WhenItsOwnerHasNoKeys()
    {
        await WriteAsync(Acme, "one", 0);
        var row = _stores.States.States[Acme];

        _stores.States.Put(Globex, row);

        await AssertRefusedAsync(Globex);
    }

    [Fact]
    public async Task SameState_IsNeverTheSameRow_WhenItIsWrittenTwice()
    {
        await WriteAsync(Acme, "same", 0);
        var first = _stores.States.States[Acme].Payload;
        await WriteAsync(Acme, "same", 1);

        Assert.False(first.Span[RowHeader.NonceAt..].SequenceEqual(
            _stores.States.States[Acme].Payload.Span[RowHeader.NonceAt..]));
    }

    [Fact]
    public async Task Row_IsRefused_WhenItWasMovedToAnotherKey()
    {
        await WriteAsync(Acme, "one", 0);
        await WriteAsync(AcmeOther, "two", 0);

        _stores.States.Put(AcmeOther, _stores.States.States[Acme]);

        await AssertRefusedAsync(AcmeOther);
        Assert.Equal("one", await ReadAsync(Acme));
    }

    [Fact]
    public async Task Row_IsRefused_WhenItWasMovedToAnotherTenant()
    {
        await WriteAsync(Acme, "one", 0);
        await WriteAsync(Globex, "two", 0);

        _stores.States.Put(Globex, _stores.States.States[Acme]);

        await AssertRefusedAsync(Globex);
    }

    [Fact]
    public async Task Row_IsRefused_WhenItsKeysAreMovedAlong()
    {
        await WriteAsync(Acme, "one", 0);
        await WriteAsync(Globex, "two", 0);
        _stores.States.Put(Globex, _stores.States.States[Acme]);
        var ring = DataKeyAddress.Ring(new KeyOwner("globex"));
        _stores.States.Put(ring, _stores.States.States[DataKeyAddress.Ring(new KeyOwner("acme"))]);

        await using var next = EncryptedStore.InMemory(_stores);

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await next.States.ReadAsync(Globex, None));
    }

    [Fact]
    public async Task Row_IsRefused_WhenItsNameOrTypeIsAnother()
    {
        await WriteAsync(Acme, "one", 0);
        var row = _stores.States.States[Acme];

        foreach (var other in (StateAddress[])[Acme with { Name = "other" }, Acme with { GrainType = "other" }])
        {
            _stores.States.Put(other, row);
            await AssertRefusedAsync(other);
        }
    }

    [Fact]
    public async Task Row_IsRefused_WhenAnyByteOfItWasChanged()
    {
        await WriteAsync(Acme, "one", 0);
        var row = _stores.States.States[Acme];
        for (var at = 0; at < row.Payload.Length; at++)
        {
            var changed = row.Payload.ToArray();
            changed[at] ^= 1;
            _stores.States.Put(Acme, row with { Payload = changed });

            await AssertRefusedAsync(Acme);
        }

        _stores.States.Put(Acme, row with { Payload = row.Payload[..10] });
        await AssertRefusedAsync(Acme);
        _stores.States.Put(Acme, row);
        Assert.Equal("one", await ReadAsync(Acme));
    }

    [Fact]
    public async Task Row_IsRefused_WhenItWasPutBack()
    {
        await WriteAsync(Acme, "one", 0);
        var before = _stores.States.States[Acme];
        await WriteAsync(Acme, "two", 1);

        _stores.States.Put(Acme, before);

        await AssertRefusedAsync(Acme);
    }

    [Fact]
    public async Task Row_IsRefusedByTheNextProcess_WhenItWasPutBackAfterTheIndexWasWritten()
    {
        await WriteAsync(Acme, "one", 0);
        var before = _stores.States.States[Acme];
        await WriteAsync(Acme, "two", 1);
        await _node.FlushAsync();
        _stores.States.Put(Acme, before with { Version = 2 });

        await using var next = EncryptedStore.InMemory(_stores);

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await next.States.ReadAsync(Acme, None));
    }

    [Fact]
    public async Task Row_IsServed_WhenTheProcessDiedBeforeTheIndexWasWritten()
    {
        await WriteAsync(Acme, "one", 0);
        await _node.FlushAsync();
        await WriteAsync(Acme, "two", 1);
        await WriteAsync(AcmeOther, "new", 0);

        await using var next = EncryptedStore.InMemory(_stores);

        Assert.Equal("two", Text(await next.States.ReadAsync(Acme, None)));
        Assert.Equal("new", Text(await next.States.ReadAsync(AcmeOther, None)));
        Assert.Equal(3, await next.States.WriteAsync(Acme, "three"u8.ToArray(), 2, None));
    }

    [Fact]
    public async Task Row_IsRefused_WhenItWasTakenAway()
    {
        await WriteAsync(Acme, "one", 0);

        _stores.States.Put(Acme, null);

        await AssertRefusedAsync(Acme);
    }

    [Fact]
    public async Task Row_DoesNotComeBack_WhenItWasCleared()
    {
        await WriteAsync(Acme, "one", 0);
        var first = _stores.States.States[Acme];
        await WriteAsync(Acme, "two", 1);
        var last = _stores.States.States[Acme];
        await _node.States.ClearAsync(Acme, 2, None);

        _stores.States.Put(Acme, first);
        await AssertRefusedAsync(Acme);

        // The very row that was removed: its removal stands, and is finished by the next write.
        _stores.States.Put(Acme, last);
        Assert.Null(await _node.States.ReadAsync(Acme, None));
        Assert.Equal(1, await _node.States.WriteAsync(Acme, "again"u8.ToArray(), 0, None));
        Assert.Equal("again", await ReadAsync(Acme));
    }

    [Fact]
    public async Task EarlierRow_IsRefused_WhenTheStateWasClearedAndWrittenAnew()
    {
        await WriteAsync(Acme, "one", 0);
        var first = _stores.States.States[Acme];
        await _node.States.ClearAsync(Acme, 1, None);
        await WriteAsync(Acme, "new", 0);
        Assert.Equal(first.Version, _stores.States.States[Acme].Version);

        _stores.States.Put(Acme, first);

        await AssertRefusedAsync(Acme);
    }

    [Fact]
    public async Task Index_IsRefused_WhenARecordOfItWasChanged()
    {
        await WriteAsync(Acme, "one", 0);
        await _node.FlushAsync();
        var name = DataKeyAddress.Index(new KeyOwner("acme"));
        var records = await _stores.Logs.ReadAsync(name, 0, 10, None);
        var changed = records[0].Payload.ToArray();
        changed[^40] ^= 1;
        _stores.Logs.Put(name, [new LogRecord(1, changed)]);

        await using var next = EncryptedStore.InMemory(_stores);

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await next.States.ReadAsync(Acme, None));
    }

    [Fact]
    public async Task Index_SaysTheSame_WhenItWasWrittenAnew()
    {
        for (var i = 0; i < 50; i++)
        {
            await WriteAsync(Acme with { GrainKey = $"acme/echo/{i}" }, "one", 0);
        }

        await _node.FlushAsync();
        var kept = _stores.States.States[Acme];
        await WriteAsync(Acme, "two", 1);
        var owner = await _node.Keys.FindAsync(new KeyOwner("acme"), None);
        await owner.Index.FlushAsync(None);
        await owner.Index.RewriteAsync(None);
        Assert.Single(await _stores.Logs.ReadAsync(DataKeyAddress.Index(owner.Owner), 0, 10, None));
        _stores.States.Put(Acme, kept with { Version = 2 });

        await using var next = EncryptedStore.InMemory(_stores);

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await next.States.ReadAsync(Acme, None));
        Assert.Equal("one", Text(await next.States.ReadAsync(AcmeOther, None)));
    }

    [Fact]
    public async Task TwoNodes_WriteInTurn_AndNeitherTakesTheOthersRowForDamaged()
    {
        await using var other = EncryptedStore.InMemory(_stores);
        await WriteAsync(Acme, "one", 0);
        Assert.Equal("one", Text(await other.States.ReadAsync(Acme, None)));
        await other.States.WriteAsync(Acme, "two"u8.ToArray(), 1, None);
        Assert.Equal("two", await ReadAsync(Acme));
        await other.States.ClearAsync(Acme, 2, None);

        Assert.Null(await _node.States.ReadAsync(Acme, None));
        await WriteAsync(Acme, "again", 0);
        await _node.FlushAsync();
        await other.FlushAsync();
        Assert.Equal("again", Text(await other.States.ReadAsync(Acme, None)));
        await Assert.ThrowsAsync<StateConflictException>(
            async () => await other.States.WriteAsync(Acme, "stale"u8.ToArray(), 2, None));
    }

    [Fact]
    public async Task KeysOwnRows_AreOutOfReach() =>
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await _node.States.ReadAsync(DataKeyAddress.Ring(KeyOwner.Platform), None));

    private static string? Text(StoredState? stored) =>
        stored is null ? null : Encoding.UTF8.GetString(stored.Payload.Span);

    private async Task WriteAsync(StateAddress address, string text, long expectedVersion) =>
        await _node.States.WriteAsync(address, Encoding.UTF8.GetBytes(text), expectedVersion, None);

    private async Task<string?> ReadAsync(StateAddress address) => Text(await _node.States.ReadAsync(address, None));

    private async Task AssertRefusedAsync(StateAddress address)
    {
        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await _node.States.ReadAsync(address, None));
        Assert.IsType<DamagedRowException>(refusal.InnerException);
    }
}
