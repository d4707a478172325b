using System.Buffers.Text;
using Smcp.TestSupport;

namespace Smcp.Security.Encryption;

public sealed class AesGcmSealerTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryGrainStorage _storage = new();
    private readonly StoredKeyRing _keys;
    private readonly AesGcmSealer _sealer;

    public AesGcmSealerTests()
    {
        _keys = new StoredKeyRing(_storage, _clock, new SealerOptions());
        _sealer = new AesGcmSealer(_keys);
    }

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Text_Opens_WhenUnchanged()
    {
        var text = await _sealer.SealAsync("a", "content"u8.ToArray(), default);

        Assert.Equal("content"u8.ToArray(), await _sealer.OpenAsync("a", text, default));
    }

    [Fact]
    public async Task Text_Opens_WhenItHoldsNothing()
    {
        var text = await _sealer.SealAsync("a", ReadOnlyMemory<byte>.Empty, default);
        var box = Base64Url.DecodeFromChars(text);

        Assert.Empty((await _sealer.OpenAsync("a", text, default))!);
        Assert.Equal(1 + 4 + 12 + 16, box.Length);
        Assert.Null(await _sealer.OpenAsync("a", Base64Url.EncodeToString(box.AsSpan(0, box.Length - 1)), default));
    }

    [Fact]
    public async Task Text_HasANonceOfItsOwn()
    {
        var texts = new HashSet<string>();
        for (var i = 0; i < 100; i++)
        {
            var box = Base64Url.DecodeFromChars(await _sealer.SealAsync("a", "content"u8.ToArray(), default));
            Assert.True(texts.Add(Convert.ToHexString(box.AsSpan(5, 12))));
        }
    }

    [Fact]
    public async Task Text_Opens_OnAnotherNodeAndAfterARestart()
    {
        var text = await _sealer.SealAsync("a", "content"u8.ToArray(), default);
        using var keys = new StoredKeyRing(_storage, _clock, new SealerOptions());

        Assert.NotNull(await new AesGcmSealer(keys).OpenAsync("a", text, default));
    }

    [Fact]
    public async Task Text_DoesNotOpen_WhenAnyByteIsChanged()
    {
        var text = await _sealer.SealAsync("a", "content"u8.ToArray(), default);
        var box = Base64Url.DecodeFromChars(text);
        for (var i = 0; i < box.Length; i++)
        {
            box[i] ^= 1;
            Assert.Null(await _sealer.OpenAsync("a", Base64Url.EncodeToString(box), default));
            box[i] ^= 1;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AQ")]
    [InlineData("not base64url!")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Text_DoesNotOpen_WhenItIsNoneOfOurs(string text) =>
        Assert.Null(await _sealer.OpenAsync("a", text, default));

    [Fact]
    public async Task Text_DoesNotOpen_ForAnotherPurpose()
    {
        var text = await _sealer.SealAsync("a", "content"u8.ToArray(), default);

        Assert.Null(await _sealer.OpenAsync("b", text, default));
    }

    [Fact]
    public async Task Text_StillOpens_WhenItsKeyWasReplaced()
    {
        var text = await _sealer.SealAsync("a", "content"u8.ToArray(), default);

        _clock.Advance(TimeSpan.FromDays(31));
        var newer = await _sealer.SealAsync("a", "newer"u8.ToArray(), default);

        Assert.NotEqual(text[..6], newer[..6]);
        Assert.NotNull(await _sealer.OpenAsync("a", text, default));
        Assert.NotNull(await _sealer.OpenAsync("a", newer, default));
    }

    [Fact]
    public async Task Key_IsTheSame_WhenTwoNodesMakeItAtOnce()
    {
        using var others = new StoredKeyRing(_storage, _clock, new SealerOptions());

        var keys = await Task.WhenAll(
            _keys.NewestAsync(default).AsTask(), others.NewestAsync(default).AsTask());

        Assert.Equal(keys[0].Id, keys[1].Id);
    }
}
