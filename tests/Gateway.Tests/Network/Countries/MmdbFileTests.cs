using System.Net;
using Smcp.Network.Countries;

namespace Smcp;

public sealed class MmdbFileTests
{
    [Theory]
    [InlineData(24, 6)]
    [InlineData(28, 6)]
    [InlineData(32, 6)]
    [InlineData(24, 4)]
    [InlineData(28, 4)]
    [InlineData(32, 4)]
    public void Country_IsFound_WhateverTheSizeOfRecords(int recordBits, int ipVersion)
    {
        var builder = new MmdbBuilder(recordBits, ipVersion)
            .Nested("203.0.113.0/24", "CH").Nested("198.51.100.128/25", "de").Flat("192.0.2.1/32", "FR");
        var file = Open(ipVersion == 6 ? builder.Nested("2001:db8::/32", "SE").Build() : builder.Build());

        Assert.Equal("CH", file.CountryOf(IPAddress.Parse("203.0.113.255")));
        Assert.Equal("DE", file.CountryOf(IPAddress.Parse("198.51.100.200")));
        Assert.Null(file.CountryOf(IPAddress.Parse("198.51.100.1")));
        Assert.Equal("FR", file.CountryOf(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.Null(file.CountryOf(IPAddress.Parse("192.0.2.2")));
        Assert.Equal(ipVersion == 6 ? "SE" : null, file.CountryOf(IPAddress.Parse("2001:db8:1::1")));
        Assert.Null(file.CountryOf(IPAddress.Parse("2001:db9::1")));
    }

    [Fact]
    public void Country_IsFound_BehindAPointer()
    {
        // The first entry's data begins with the map's control byte, the key (1 + 12 bytes), and then the text.
        var file = Open(new MmdbBuilder().Flat("192.0.2.0/24", "FR").Pointing("198.51.100.0/24", 14).Build());

        Assert.Equal("FR", file.CountryOf(IPAddress.Parse("198.51.100.1")));
    }

    [Fact]
    public void Country_IsUnknown_WhenAPointerIsOneToAPointer()
    {
        var file = Open(new MmdbBuilder()
            .Add("192.0.2.0/24", [0x20, 0x00]).Pointing("198.51.100.0/24", 0).Build());

        Assert.Null(file.CountryOf(IPAddress.Parse("192.0.2.1")));
        Assert.Null(file.CountryOf(IPAddress.Parse("198.51.100.1")));
    }

    [Fact]
    public void Country_IsUnknown_WhenAMapClaimsMoreThanThereIs()
    {
        var file = Open(new MmdbBuilder().Add("192.0.2.0/24", [0xFF, 0xFF, 0xFF, 0xFF]).Build());

        Assert.Null(file.CountryOf(IPAddress.Parse("192.0.2.1")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public void File_IsNotOpened_WhenItIsNone(string text)
    {
        Assert.Null(MmdbFile.Open(System.Text.Encoding.UTF8.GetBytes(text), out var problem));
        Assert.Contains("no MaxMind DB", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void File_IsNotOpened_WhenItsTreeIsCutShort()
    {
        var whole = new MmdbBuilder().Flat("192.0.2.0/24", "FR").Build();

        Assert.Null(MmdbFile.Open(whole[400..], out var problem));
        Assert.Equal("it is cut short", problem);
    }

    [Fact]
    public void File_NeverFailsOrLoops_WhateverItsBytes()
    {
        var whole = new MmdbBuilder()
            .Nested("203.0.113.0/24", "CH").Flat("192.0.2.0/24", "FR").Pointing("198.51.100.0/24", 14).Build();
        var addresses = new[] { "203.0.113.1", "192.0.2.1", "198.51.100.1", "2001:db8::1", "::1" };
        var random = new Random(20260101);
        var opened = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var broken = whole.ToArray();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                // Most of the file is tree; half of the blows go to what stands behind it.
                var from = random.Next(2) == 0 ? 0 : whole.Length - 700;
                broken[random.Next(Math.Max(0, from), broken.Length)] = (byte)random.Next(256);
            }

            var length = random.Next(4) == 0 ? random.Next(whole.Length) : whole.Length;
            if (MmdbFile.Open(broken[..length], out _) is { } file)
            {
                opened++;
                Array.ForEach(addresses, a => file.CountryOf(IPAddress.Parse(a)));
            }
        }

        Assert.InRange(opened, 1000, 19_999);
    }

    private static MmdbFile Open(byte[] bytes) =>
        MmdbFile.Open(bytes, out var problem) ?? throw new InvalidOperationException(problem);
}
