using System.Security.Cryptography;

namespace Smcp.Security.Encryption.Backup;

/// <summary>The sealed body opens as it was sealed, or not at all.</summary>
public sealed class BackupChunksTests
{
    private const int Sealed = BackupChunks.ChunkBytes + BackupChunks.TagBytes;

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Bound = RandomNumberGenerator.GetBytes(32);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(BackupChunks.ChunkBytes - 1)]
    [InlineData(BackupChunks.ChunkBytes)]
    [InlineData((3 * BackupChunks.ChunkBytes) + 17)]
    public async Task Open_GivesWhatWasSealed(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);

        Assert.Equal(content, await OpenAsync(await SealAsync(content)));
    }

    [Theory]
    [InlineData("the first two exchanged")]
    [InlineData("the first left out")]
    [InlineData("the last left out")]
    [InlineData("the first said twice")]
    [InlineData("the first put behind")]
    [InlineData("a byte put behind")]
    [InlineData("a byte of the last cut off")]
    [InlineData("nothing left")]
    public async Task Open_IsRefused_WhenItWasPutTogetherOtherwise(string how)
    {
        var text = await SealAsync(RandomNumberGenerator.GetBytes((2 * BackupChunks.ChunkBytes) + 500));
        var (first, second, last) = (text[..Sealed], text[Sealed..(2 * Sealed)], text[(2 * Sealed)..]);
        var changed = how switch
        {
            "the first two exchanged" => [.. second, .. first, .. last],
            "the first left out" => [.. second, .. last],
            "the last left out" => [.. first, .. second],
            "the first said twice" => [.. first, .. first, .. second, .. last],
            "the first put behind" => [.. text, .. first],
            "a byte put behind" => [.. text, 0],
            "a byte of the last cut off" => text[..^1],
            _ => [],
        };

        await Assert.ThrowsAsync<BackupException>(() => OpenAsync(changed));
    }

    [Fact]
    public async Task Open_IsRefused_WhenABitWasTurnedAnywhere()
    {
        var text = await SealAsync(RandomNumberGenerator.GetBytes(BackupChunks.ChunkBytes + 500));
        foreach (var at in (int[])[0, Sealed - 1, Sealed, text.Length - 1])
        {
            var changed = text.ToArray();
            changed[at] ^= 1;

            await Assert.ThrowsAsync<BackupException>(() => OpenAsync(changed));
        }
    }

    [Fact]
    public async Task Open_IsRefused_WhenTheHeaderIsAnother()
    {
        var text = await SealAsync([1, 2, 3]);

        await Assert.ThrowsAsync<BackupException>(
            () => OpenAsync(text, RandomNumberGenerator.GetBytes(Bound.Length)));
    }

    private static async Task<byte[]> SealAsync(byte[] content)
    {
        using var to = new MemoryStream();
        await BackupChunks.SealAsync(new MemoryStream(content), to, Key, Bound, default);
        return to.ToArray();
    }

    private static async Task<byte[]> OpenAsync(byte[] text, byte[]? bound = null)
    {
        using var to = new MemoryStream();
        await BackupChunks.OpenAsync(new MemoryStream(text), to, Key, bound ?? Bound, default);
        return to.ToArray();
    }
}
