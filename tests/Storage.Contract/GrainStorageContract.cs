using System.Text;
using Xunit;

namespace Smcp.Storage;

/// <summary>What every store of grain state must do. One class for each implementation derives from it.</summary>
public abstract class GrainStorageContract
{
    private static readonly StateAddress Address = new("counter", "tenant/a", "state");

    private static CancellationToken None => CancellationToken.None;

    protected abstract IGrainStorage Storage { get; }

    [Fact]
    public async Task Read_IsNull_WhenNothingWasWritten() =>
        Assert.Null(await Storage.ReadAsync(Address, None));

    [Fact]
    public async Task Read_ReturnsPayloadAndVersion_WhenWritten()
    {
        var version = await Storage.WriteAsync(Address, Bytes("one"), 0, None);

        Assert.Equal(1, version);
        await AssertHoldsAsync(Address, "one", 1);
    }

    [Fact]
    public async Task Write_ReturnsTheNextVersion_WhenTheExpectedOneIsStored()
    {
        await Storage.WriteAsync(Address, Bytes("one"), 0, None);

        Assert.Equal(2, await Storage.WriteAsync(Address, Bytes("two"), 1, None));
        Assert.Equal(3, await Storage.WriteAsync(Address, Bytes("three"), 2, None));
        await AssertHoldsAsync(Address, "three", 3);
    }

    [Fact]
    public async Task Write_StoresAnEmptyPayload_WhenItHasNoBytes()
    {
        await Storage.WriteAsync(Address, ReadOnlyMemory<byte>.Empty, 0, None);

        await AssertHoldsAsync(Address, "", 1);
    }

    [Fact]
    public async Task Write_StoresEveryByte_WhenThePayloadIsLarge()
    {
        var payload = new byte[1 << 20];
        new Random(7).NextBytes(payload);
        await Storage.WriteAsync(Address, payload, 0, None);

        var stored = await Storage.ReadAsync(Address, None);

        Assert.True(payload.AsSpan().SequenceEqual(stored!.Payload.Span));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Write_ConflictsAndChangesNothing_WhenAnotherVersionIsStored(long expectedVersion)
    {
        await Storage.WriteAsync(Address, Bytes("one"), 0, None);
        await Storage.WriteAsync(Address, Bytes("two"), 1, None);

        await Assert.ThrowsAsync<StateConflictException>(async () =>
            await Storage.WriteAsync(Address, Bytes("stale"), expectedVersion, None));

        await AssertHoldsAsync(Address, "two", 2);
    }

    [Fact]
    public async Task Write_Conflicts_WhenAVersionIsExpectedOfNothing() =>
        await Assert.ThrowsAsync<StateConflictException>(async () =>
            await Storage.WriteAsync(Address, Bytes("stale"), 1, None));

    [Fact]
    public async Task Write_SucceedsOnce_WhenManyExpectTheSameVersion()
    {
        await Storage.WriteAsync(Address, Bytes("one"), 0, None);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => TryWriteAsync(Address, $"{i}", 1)));

        var winner = Assert.Single(Enumerable.Range(0, 20), i => outcomes[i]);
        await AssertHoldsAsync(Address, $"{winner}", 2);
    }

    [Fact]
    public async Task Write_FailsAlone_WhenOthersAtTheSameTimeConflict()
    {
        await Storage.WriteAsync(Address, Bytes("one"), 0, None);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i % 2 == 0
            ? TryWriteAsync(Address with { GrainKey = $"tenant/{i}" }, $"{i}", 0)
            : TryWriteAsync(Address, "stale", 9)));

        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(i % 2 == 0, outcomes[i]));
        await AssertHoldsAsync(Address with { GrainKey = "tenant/38" }, "38", 1);
    }

    [Fact]
    public async Task Clear_RemovesTheState_WhenTheExpectedVersionIsStored()
    {
        await Storage.WriteAsync(Address, Bytes("one"), 0, None);

        await Storage.ClearAsync(Address, 1, None);

        Assert.Null(await Storage.ReadAsync(Address, None));
    }

    [Fact]
    public async Task Write_BeginsAtVersionOneAgain_WhenTheStateWasCleared()
    {
        await Storage.WriteAsync(Address, Bytes("one"), 0, None);
        await Storage.WriteAsync(Address, Bytes("two"), 1, None);
        await Storage.ClearAsync(Address, 2, None);

        Assert.Equal(1, await Storage.WriteAsync(Address, Bytes("again"), 0, None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Clear_ConflictsAndRemovesNothing_WhenAnotherVersionIsStored(long expectedVersion)
    {
        await Storage.WriteAsync(Address, Bytes("one"), 0, None);

        await Assert.ThrowsAsync<StateConflictException>(async () =>
            await Storage.ClearAsync(Address, expectedVersion, None));

        await AssertHoldsAsync(Address, "one", 1);
    }

    [Fact]
    public async Task Clear_DoesNothing_WhenNothingIsStoredAndNoneExpected()
    {
        await Storage.ClearAsync(Address, 0, None);

        Assert.Null(await Storage.ReadAsync(Address, None));
    }

    [Fact]
    public async Task Clear_Conflicts_WhenAVersionIsExpectedOfNothing() =>
        await Assert.ThrowsAsync<StateConflictException>(async () => await Storage.ClearAsync(Address, 1, None));

    [Fact]
    public async Task States_AreSeparate_WhenAnyPartOfTheAddressDiffers()
    {
        StateAddress[] addresses =
        [
            new("a", "b", "c"), new("b", "b", "c"), new("a", "c", "c"), new("a", "b", "d"),
            new("a", "B", "c"), new("a", "bc", "d"), new("ab", "c", "d"),
            new("a", "b\u00e9", "c"), new("a", "be\u0301", "c"),
        ];
        foreach (var address in addresses)
        {
            Assert.Equal(1, await Storage.WriteAsync(address, Bytes(address.ToString()), 0, None));
        }

        foreach (var address in addresses)
        {
            await AssertHoldsAsync(address, address.ToString(), 1);
        }
    }

    [Fact]
    public async Task Write_DoesNothing_WhenItIsCancelledBefore()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Storage.WriteAsync(Address, Bytes("one"), 0, cancelled));

        Assert.Null(await Storage.ReadAsync(Address, None));
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<bool> TryWriteAsync(StateAddress address, string text, long expectedVersion)
    {
        try
        {
            await Storage.WriteAsync(address, Bytes(text), expectedVersion, None);
            return true;
        }
        catch (StateConflictException)
        {
            return false;
        }
    }

    private async Task AssertHoldsAsync(StateAddress address, string text, long version)
    {
        var stored = await Storage.ReadAsync(address, None);
        Assert.NotNull(stored);
        Assert.Equal(text, Encoding.UTF8.GetString(stored.Payload.Span));
        Assert.Equal(version, stored.Version);
    }
}
