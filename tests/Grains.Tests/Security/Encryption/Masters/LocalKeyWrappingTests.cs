using System.Security.Cryptography;
using System.Text;

namespace Smcp.Security.Encryption.Masters;

public sealed class LocalKeyWrappingTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] Context = "smcp data key 1|tenant/acme|1"u8.ToArray();

    private readonly MemoryMasterKeys _masters = new();
    private readonly LocalKeyWrapping _wrapping;

    public LocalKeyWrappingTests() => _wrapping = new LocalKeyWrapping(_masters);

    [Fact]
    public async Task Master_IsMade_WhereItMayBe()
    {
        var refusal = await Assert.ThrowsAsync<EncryptionStartException>(
            async () => await _wrapping.OpenAsync(mayCreate: false, default));
        Assert.Contains("memory", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_masters.Load());

        await _wrapping.OpenAsync(mayCreate: true, default);
        var made = Assert.Single(_masters.Load());
        Assert.Equal((1, MasterKey.KeyBytes), (made.Version, made.Key.Length));

        await new LocalKeyWrapping(_masters).OpenAsync(mayCreate: true, default);
        Assert.Single(_masters.Load());
    }

    [Fact]
    public async Task Key_IsUnwrapped_InItsContextOnly()
    {
        await _wrapping.OpenAsync(mayCreate: true, default);
        var wrapped = await _wrapping.WrapAsync(Key, Context, default);

        Assert.Equal(1, wrapped.Version);
        Assert.Equal(Key, await _wrapping.UnwrapAsync(wrapped, Context, default));
        Assert.Null(await _wrapping.UnwrapAsync(wrapped, "another"u8.ToArray(), default));
    }

    [Fact]
    public async Task Key_IsWrappedOtherwise_EachTime()
    {
        await _wrapping.OpenAsync(mayCreate: true, default);

        var one = await _wrapping.WrapAsync(Key, Context, default);
        var other = await _wrapping.WrapAsync(Key, Context, default);

        Assert.NotEqual(one.Text[..12].ToArray(), other.Text[..12].ToArray());
        Assert.Equal(12 + 16 + 32, one.Text.Length);
        Assert.DoesNotContain(
            Convert.ToHexString(Key), Convert.ToHexString(one.Text.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_IsNotUnwrapped_WhenAnyByteChanged()
    {
        await _wrapping.OpenAsync(mayCreate: true, default);
        var text = (await _wrapping.WrapAsync(Key, Context, default)).Text.ToArray();
        for (var i = 0; i < text.Length; i++)
        {
            text[i] ^= 1;
            Assert.Null(await _wrapping.UnwrapAsync(new WrappedKey(1, text), Context, default));
            text[i] ^= 1;
        }

        Assert.Null(await _wrapping.UnwrapAsync(new WrappedKey(1, text.AsMemory(0, 27)), Context, default));
        Assert.Null(await _wrapping.UnwrapAsync(new WrappedKey(1, text.AsMemory(0, 28)), Context, default));
        Assert.Null(await _wrapping.UnwrapAsync(new WrappedKey(2, text), Context, default));
    }

    [Fact]
    public async Task Version_IsFound_ThatAnotherNodeAdded()
    {
        await _wrapping.OpenAsync(mayCreate: true, default);
        var other = new LocalKeyWrapping(_masters);
        await other.OpenAsync(mayCreate: false, default);

        Assert.Equal(2, await other.AdvanceAsync(default));
        Assert.Equal(2, await other.CurrentAsync(default));
        Assert.Equal(1, await _wrapping.CurrentAsync(default));
        var wrapped = await other.WrapAsync(Key, Context, default);
        Assert.Equal(2, wrapped.Version);
        Assert.Equal(Key, await _wrapping.UnwrapAsync(wrapped, Context, default));
        Assert.Equal(3, await _wrapping.AdvanceAsync(default));
    }

    [Fact]
    public async Task Versions_AreKept_WhenTheirSourceIsEmptyLater()
    {
        await _wrapping.OpenAsync(mayCreate: true, default);
        var wrapped = await _wrapping.WrapAsync(Key, Context, default);
        _masters.Forget(1);

        Assert.Null(await _wrapping.UnwrapAsync(wrapped with { Version = 9 }, Context, default));
        Assert.Equal(Key, await _wrapping.UnwrapAsync(wrapped, Context, default));
    }

    /// <summary>What other versions of the program wrapped must be unwrapped by this one.</summary>
    [Fact]
    public async Task Key_IsUnwrapped_ThatWasWrappedBefore()
    {
        _masters.Add(new MasterKey(1, Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef")));
        await _wrapping.OpenAsync(mayCreate: false, default);
        var derived = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"),
            32,
            salt: [],
            "smcp wrapping 1"u8.ToArray());
        var text = new byte[12 + 16 + Key.Length];
        using var aes = new AesGcm(derived, 16);
        aes.Encrypt(text.AsSpan(0, 12), Key, text.AsSpan(28), text.AsSpan(12, 16), Context);

        Assert.Equal(Key, await _wrapping.UnwrapAsync(new WrappedKey(1, text), Context, default));
    }
}
