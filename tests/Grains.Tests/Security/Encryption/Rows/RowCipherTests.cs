using Microsoft.Extensions.DependencyInjection;
using Smcp.Security.Encryption.Keys;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Security.Encryption.Rows;

public sealed class RowCipherTests : IAsyncLifetime
{
    private static readonly RowPlace Place = RowPlace.Of(new StateAddress("session", "acme/echo/1", "session"));

    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryStores _stores = new();
    private EncryptedStore _node = null!;
    private OwnerKeys _owner = null!;

    private RowCipher Cipher => _node.Get<RowCipher>();

    public async Task InitializeAsync()
    {
        _node = EncryptedStore.InMemory(
            _stores, configure: services => services.AddSingleton<TimeProvider>(_clock));
        _owner = await _node.Keys.FindAsync(Place.Owner, default);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    /// <summary>2^-20 of a millisecond: beyond every counter that the place had, whatever became of it.</summary>
    [Fact]
    public void Counter_BeginsAtTheTime()
    {
        var began = Cipher.Begin(_owner, Place);
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeMilliseconds() * 1_048_576, began);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(began + 1_048_576, Cipher.Begin(_owner, Place));
    }

    [Fact]
    public void Counter_IsBeyondWhatTheIndexRemembers_WhenTheClockWasPutBack()
    {
        var later = Cipher.Begin(_owner, Place) + 5_000_000;
        Cipher.Note(_owner, Place, IndexEntry.Removed(later));

        Assert.Equal(later + 1, Cipher.Begin(_owner, Place));
        Assert.Equal(later, _owner.Index.Find(Place.Id)!.Value.Counter);
    }

    [Fact]
    public void Row_IsNotOpened_WithoutItsKeyOrWhenItChanged()
    {
        var row = _owner.Current.Seal(Place, 1, 2, "content"u8);
        var header = RowHeader.Read(row)!.Value;

        Assert.Equal("content"u8.ToArray(), RowCipher.Open(_owner, Place, header, row));
        Assert.Null(RowCipher.Open(_owner, Place, header with { Key = 99 }, row));
        row[^1] ^= 1;
        Assert.Throws<DamagedRowException>(() => RowCipher.Open(_owner, Place, header, row));
    }

    [Fact]
    public void Refusal_SaysThatItIsDamage_AndNothingOfTheRow()
    {
        var damage = new DamagedRowException("A row was put back.");

        var refusal = Cipher.Refuse(Place, damage);

        Assert.Same(damage, refusal.InnerException);
        Assert.Equal("The read failed: the row is damaged.", refusal.Message);
    }

    [Fact]
    public async Task OwnerWithoutKeys_HasNothing_OrWhatStandsThereIsDamaged()
    {
        var stranger = RowPlace.Of(new StateAddress("session", "nobody/echo/1", "session"));

        Assert.Null(await Cipher.LookWithoutKeysAsync(stranger, _ => ValueTask.FromResult(true), default));
        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await Cipher.LookWithoutKeysAsync(stranger, _ => ValueTask.FromResult(false), default));
        Assert.Same(_owner, await Cipher.LookWithoutKeysAsync(Place, _ => ValueTask.FromResult(false), default));
    }

    [Fact]
    public async Task LookingAgain_ReadsTheRing_WhereAKeyIsMissed()
    {
        var reads = 0;
        _stores.States.BeforeRead = address =>
        {
            reads += address == DataKeyAddress.Ring(Place.Owner) ? 1 : 0;
            return ValueTask.CompletedTask;
        };

        Assert.Same(_owner, await Cipher.LookAgainAsync(_owner, misses: false, default));
        Assert.Equal(0, reads);
        Assert.NotSame(_owner, await Cipher.LookAgainAsync(_owner, misses: true, default));
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task LookingAgain_ReadsWhatOthersAddedToTheIndex()
    {
        await using var other = EncryptedStore.InMemory(_stores);
        var theirs = await other.Keys.FindAsync(Place.Owner, default);
        other.Get<RowCipher>().Note(theirs, Place, IndexEntry.OfState(42));
        await other.FlushAsync();

        Assert.Null(_owner.Index.Find(Place.Id));
        await Cipher.LookAgainAsync(_owner, misses: false, default);
        Assert.Equal(42, _owner.Index.Find(Place.Id)!.Value.Counter);
    }
}
