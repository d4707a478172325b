using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Smcp.Servers.Deploying.Images;

/// <summary>What becomes an image, and what is sent back; an archive is believed in nothing.</summary>
public sealed class BundleReaderTests
{
    private const int Link = 0xA1FF << 16;
    private const int Program = 0x81ED << 16;

    [Fact]
    public async Task SameFiles_AreTheSameImage_HoweverTheyWerePacked()
    {
        var plain = await ReadAsync(Zips.Of(("a.js", "1"), ("lib/b.js", "2")));
        var other = await ReadAsync(Zips.Make(zip =>
        {
            zip.CreateEntry("lib/");
            Zips.Add(
                zip,
                "lib/b.js",
                "2"u8.ToArray(),
                CompressionLevel.NoCompression,
                entry => entry.LastWriteTime = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero));
            Zips.Add(zip, "a.js", "1"u8.ToArray());
        }));

        Assert.Equal(plain.Image, other.Image);
        Assert.Equal(plain.Image.Hash, Convert.ToHexStringLower(SHA256.HashData(plain.Bytes)));
        Assert.Equal(plain.Image.Bytes, plain.Bytes.Length);
    }

    [Fact]
    public async Task Image_HoldsThePathsContentsAndModes()
    {
        var read = await ReadAsync(Zips.Make(zip =>
        {
            Zips.Add(zip, "run", "#!"u8.ToArray(), set: entry => entry.ExternalAttributes = Program);
            Zips.Add(zip, "data/x", "xyz"u8.ToArray());
        }));

        using var image = new MemoryStream(read.Bytes);
        var files = await ImageIndex.ReadAsync(image, 10, default);

        Assert.Equal([new ImageFile("data/x", 3, false), new ImageFile("run", 2, true)], files);
        Assert.Equal("xyz#!", Encoding.UTF8.GetString(read.Bytes[ImageIndex.BytesOf(files)..]));
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a", "b", "c/d")]
    public async Task OtherFiles_AreAnotherImage(params string[] names)
    {
        var one = await ReadAsync(Zips.Of([.. names.Select(name => (name, "1"))]));
        var renamed = await ReadAsync(Zips.Of([.. names.Select(name => (name + "_", "1"))]));
        var changed = await ReadAsync(Zips.Of([.. names.Select(name => (name, "2"))]));

        Assert.Equal(3, new[] { one.Image.Hash, renamed.Image.Hash, changed.Image.Hash }.Distinct().Count());
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a/..")]
    [InlineData("..\\x")]
    [InlineData("C:x")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    public async Task Path_IsRefused_WhenItIsNotPlain(string path) =>
        Assert.Contains("The bundle's file", await RefuseAsync(Zips.Of(("ok", "1"), (path, "1"))));

    [Fact]
    public async Task Path_IsRefused_WhenItIsTooLongOrTooDeep()
    {
        Assert.Contains("too long", await RefuseAsync(Zips.Of((new string('x', 256), "1"))));
        Assert.Contains("too long", await RefuseAsync(Zips.Of((string.Join('/', Enumerable.Repeat("d", 65)), "1"))));
    }

    [Fact]
    public async Task Link_IsRefused() => Assert.Contains(
        "no plain file",
        await RefuseAsync(Zips.Make(zip => Zips.Add(
            zip, "evil", "/etc/passwd"u8.ToArray(), set: entry => entry.ExternalAttributes = Link))));

    [Fact]
    public async Task File_IsRefused_WhenItStandsTwiceOrIsAFolderToo()
    {
        Assert.Contains("stands twice", await RefuseAsync(Zips.Of(("a", "1"), ("a", "2"))));
        Assert.Contains("a file and a folder", await RefuseAsync(Zips.Of(("a", "1"), ("a-b", "1"), ("a/b", "2"))));
    }

    [Fact]
    public async Task Bomb_IsRefused_ByItsBytesAndByItsRatio()
    {
        var zeros = Zips.Make(zip => Zips.Add(zip, "zeros", new byte[3 * 1024 * 1024]));

        Assert.Contains("unpacked", await RefuseAsync(zeros, new ImageOptions { UnpackedBytesMax = 1024 * 1024 }));
        zeros.Position = 0;
        Assert.Contains("unpacked", await RefuseAsync(zeros, new ImageOptions { RatioMax = 100 }));
        zeros.Position = 0;
        Assert.NotNull((await ReadAsync(zeros, new ImageOptions { RatioMax = 10_000 })).Image);
    }

    /// <summary>What the archive says of a file's length is a lie: no more is unpacked than it says.</summary>
    [Fact]
    public async Task Bomb_IsHarmless_WhenItLiesAboutItsLength()
    {
        var bytes = Zips.Make(zip => Zips.Add(zip, "zeros", new byte[3 * 1024 * 1024])).ToArray();
        var entry = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(entry + 24), 10);

        var read = await ReadAsync(new MemoryStream(bytes), new ImageOptions { UnpackedBytesMax = 1024 * 1024 });

        Assert.True(read.Bytes.Length < 1_024, $"{read.Bytes.Length} bytes");
    }

    [Fact]
    public async Task Archive_IsRefused_WhenItHasTooManyFilesOrNone()
    {
        var many = Zips.Of([.. Enumerable.Range(0, 5).Select(i => ($"f{i}", "1"))]);

        Assert.Contains("files", await RefuseAsync(many, new ImageOptions { FilesMax = 4 }));
        many.Position = 0;
        Assert.Contains("files", await RefuseAsync(many, new ImageOptions { FilesMax = 2 }));
        Assert.NotEmpty(await RefuseAsync(Zips.Of()));
    }

    /// <summary>Files that unpack to nothing are bounded by no length of what comes out, but by what goes in.</summary>
    [Fact]
    public async Task Files_AreRefused_WhenTheyShareTheirPackedBytes()
    {
        var one = await ReadAsync(CraftedZip.Overlapping(files: 1));

        Assert.Equal((byte)'x', one.Bytes[^1]);
        Assert.Contains("overlap", await RefuseAsync(CraftedZip.Overlapping(files: 2)));
    }

    /// <summary>The files of one directory are counted, and those of the other would be read.</summary>
    [Fact]
    public async Task Archive_IsRefused_WhenZip64NamesAnotherDirectory() => Assert.Contains(
        "Zip64", await RefuseAsync(CraftedZip.TwoDirectories(files: 5), new ImageOptions { FilesMax = 2 }));

    /// <summary>Whichever field of the end says so: disks, counts, length and place of the directory.</summary>
    [Theory]
    [InlineData(4, 2)]
    [InlineData(6, 2)]
    [InlineData(8, 2)]
    [InlineData(10, 2)]
    [InlineData(12, 4)]
    [InlineData(16, 4)]
    public async Task Archive_IsRefused_WhenItsEndSaysZip64(int at, int bytes)
    {
        var archive = Zips.Of(("a", "1")).ToArray();
        archive.AsSpan(archive.Length - 22 + at, bytes).Fill(0xFF);

        Assert.Contains("Zip64", await RefuseAsync(new MemoryStream(archive)));
    }

    /// <summary>Just below 4 GiB: what is behind that is not the archive's beginning again.</summary>
    [Fact]
    public async Task Archive_IsRefused_WhenItsDirectoryIsFarBehindItsEnd()
    {
        var archive = Zips.Of(("a", "1")).ToArray();
        BitConverter.TryWriteBytes(archive.AsSpan(archive.Length - 6), uint.MaxValue - 1);

        Assert.Contains("no zip archive", await RefuseAsync(new MemoryStream(archive)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no archive")]
    public async Task Body_IsRefused_WhenItIsNoArchive(string body) =>
        Assert.NotEmpty(await RefuseAsync(new MemoryStream(Encoding.UTF8.GetBytes(body))));

    /// <summary>Each archive, cut and bent anywhere, is an image or is refused; nothing else happens.</summary>
    [Fact]
    public async Task DamagedArchive_IsRefused_WhateverIsDamaged()
    {
        var whole = Zips.Of(("a/b", "1234"), ("smcp.json", "{}")).ToArray();
        for (var at = 0; at < whole.Length; at++)
        {
            var bent = whole.ToArray();
            bent[at] ^= 0xFF;
            await TryAsync(bent);
            await TryAsync(whole[..at]);
        }
    }

    private static async Task TryAsync(byte[] archive)
    {
        try
        {
            await ReadAsync(new MemoryStream(archive));
        }
        catch (BundleException)
        {
            // Refused, as it may be.
        }
    }

    private static async Task<string> RefuseAsync(Stream archive, ImageOptions? options = null) =>
        (await Assert.ThrowsAsync<BundleException>(() => ReadAsync(archive, options))).Message;

    private static async Task<(ServerImage Image, byte[] Bytes)> ReadAsync(
        Stream archive, ImageOptions? options = null)
    {
        var output = new MemoryStream();
        var image = await new BundleReader(options ?? new ImageOptions()).ReadAsync(archive, output, default);
        return (image, output.ToArray());
    }
}
