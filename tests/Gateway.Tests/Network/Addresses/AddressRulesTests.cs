using System.Net;
using Smcp.Network.Addresses;

namespace Smcp;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("", "", "203.0.113.9", true)]
    [InlineData("10.0.0.0/8", "", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "", "9.255.255.255", false)]
    [InlineData("10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", false)]
    [InlineData("10.0.0.0/8", "10.1.0.0/16", "10.2.2.3", true)]
    [InlineData("10.1.2.3", "10.0.0.0/8", "10.1.2.3", false)]
    [InlineData("", "0.0.0.0/0", "203.0.113.9", false)]
    [InlineData("", "0.0.0.0/0", "2001:db8::1", true)]
    [InlineData("", "::/0", "2001:db8::1", false)]
    [InlineData("", "::/0", "203.0.113.9", true)]
    [InlineData("192.0.2.1", "", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "", "192.0.2.2", false)]
    [InlineData("2001:db8::/32", "", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "", "2001:db9::1", false)]
    [InlineData("192.0.2.0/24", "", "::ffff:192.0.2.7", true)]
    [InlineData("", "192.0.2.0/24", "::ffff:192.0.2.7", false)]
    [InlineData("", "::ffff:192.0.2.0/120", "192.0.2.7", false)]
    [InlineData("", "::ffff:192.0.2.7", "192.0.2.7", false)]
    [InlineData("10.0.0.0/25 10.0.0.64/26 10.0.1.0/24", "", "10.0.0.127", true)]
    [InlineData("10.0.0.0/25 10.0.0.64/26 10.0.1.0/24", "", "10.0.0.128", false)]
    public void Address_IsAllowed_WhenNothingDeniesItAndTheListHoldsIt(
        string allowed, string denied, string address, bool expected)
    {
        var problems = new List<string>();
        var rules = AddressRules.Parse(Entries(allowed), Entries(denied), problems);

        Assert.Empty(problems);
        Assert.Equal(expected, rules.Allows(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("10.0.0.1/8", "has bits set beyond its prefix of 8")]
    [InlineData("10.0.0.0/33", "has no prefix length from 0 to 32")]
    [InlineData("10.0.0.0/-1", "has no prefix length")]
    [InlineData("10.0.0.0/", "has no prefix length")]
    [InlineData("::ffff:10.0.0.0/90", "has no prefix length")]
    [InlineData("2001:db8::/129", "has no prefix length from 0 to 128")]
    [InlineData("010.0.0.1", "is no address")]
    [InlineData("0x0a.0.0.1", "is no address")]
    [InlineData("10.1", "is no address")]
    [InlineData("167772161", "is no address")]
    [InlineData("fe80::1%eth0", "is no address")]
    [InlineData("[::1]", "is no address")]
    [InlineData("example.com", "is no address")]
    [InlineData("", "is no address")]
    public void Entry_IsNamedWithWhatIsWrong_WhenItIsNone(string entry, string expected)
    {
        var problems = new List<string>();
        AddressRules.Parse(["192.0.2.1", entry], [entry], problems);

        Assert.Equal(2, problems.Count);
        Assert.All(problems, p => Assert.StartsWith($"'{entry}' {expected}", p, StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_HoldManyEntries_WhenTheyOverlap()
    {
        var random = new Random(1);
        var networks = Enumerable.Range(0, 2000)
            .Select(_ => (Address: random.Next() & 0x0FFF_FF00, Bits: random.Next(12, 25)))
            .Select(n => new IPNetwork(AddressOf(n.Address & (int)(uint.MaxValue << (32 - n.Bits))), n.Bits))
            .ToList();
        var rules = AddressRules.Parse([.. networks.Select(n => n.ToString())], [], new List<string>());

        for (var i = 0; i < 2000; i++)
        {
            var address = AddressOf(random.Next() & 0x0FFF_FFFF);
            Assert.Equal(networks.Any(n => n.Contains(address)), rules.Allows(address));
        }
    }

    private static IPAddress AddressOf(int number) =>
        new([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);

    private static string[] Entries(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
