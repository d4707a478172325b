using System.Net;
using Microsoft.AspNetCore.Http;
using Smcp.Network.Addresses;
using Smcp.Network.Forwarding;

namespace Smcp;

public sealed class ForwardedChainTests
{
    private static readonly AddressSet Known = AddressSet.Parse(["10.0.0.0/24", "2001:db8:f::/64"], new List<string>());

    [Theory]
    [InlineData("10.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.1", "203.0.113.9:4711", "203.0.113.9")]
    [InlineData("10.0.0.1", "2001:db8::1", "2001:db8::1")]
    [InlineData("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:f::1", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.1", "nonsense, 203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9")]
    [InlineData("10.0.0.1", "10.0.0.9, 203.0.113.9, 10.0.0.2", "203.0.113.9")]
    [InlineData("10.0.0.1", "203.0.113.9, 10.0.0.3, 10.0.0.2", "10.0.0.3")]
    [InlineData("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3")]
    [InlineData("10.0.0.1", "", null)]
    [InlineData("10.0.0.1", "unknown", null)]
    [InlineData("10.0.0.1", "_hidden", null)]
    [InlineData("10.0.0.1", "203.0.113.9,", null)]
    [InlineData("10.0.0.1", "203.0.113.09", null)]
    [InlineData("10.0.0.1", "203.0.113.9:port", null)]
    [InlineData("10.0.0.1", "[2001:db8::1", null)]
    [InlineData("10.0.0.1", "[2001:db8::1]x", null)]
    [InlineData("10.0.0.1", "1.1.1.1, x, 10.0.0.2", null)]
    public void Client_IsTheRightmostThatIsNoProxy_WhenProxiesAreKnown(string peer, string list, string? expected)
    {
        var hops = XForwardedHeaders.Read(new HeaderDictionary { [XForwardedHeaders.For] = list }, 2);

        var end = ForwardedChain.Walk(IPAddress.Parse(peer), hops, Known, 2);

        Assert.Equal(expected, end?.Address.ToString());
    }

    [Fact]
    public void Client_IsThePeer_WhenItIsNoKnownProxy()
    {
        var hops = XForwardedHeaders.Read(new HeaderDictionary { [XForwardedHeaders.For] = "203.0.113.9" }, 2);

        Assert.Equal("10.0.1.1", ForwardedChain.Walk(IPAddress.Parse("10.0.1.1"), hops, Known, 2)?.Address.ToString());
    }

    [Theory]
    [InlineData("203.0.113.9", "https", "https")]
    [InlineData("203.0.113.9, 10.0.0.2", "https, http", "https")]
    [InlineData("203.0.113.9, 10.0.0.2", "https", "https")]
    [InlineData("203.0.113.9", "https, http", "http")]
    [InlineData("203.0.113.9", null, null)]
    public void Scheme_IsTheOneThatTheClientsProxySaw(string list, string? schemes, string? expected)
    {
        var headers = new HeaderDictionary
        {
            [XForwardedHeaders.For] = list,
            [XForwardedHeaders.Proto] = schemes,
        };
        var hops = XForwardedHeaders.Read(headers, 4);

        Assert.Equal(expected, ForwardedChain.Walk(IPAddress.Parse("10.0.0.1"), hops, Known, 4)?.Hop.Proto);
    }

    [Theory]
    [InlineData("for=203.0.113.9", "203.0.113.9", null, null)]
    [InlineData("For=\"[2001:db8::1]:4711\";Proto=https;by=203.0.113.43", "[2001:db8::1]:4711", "https", null)]
    [InlineData("for=1.1.1.1, for=203.0.113.9; proto=https; host=a.example", "203.0.113.9", "https", "a.example")]
    [InlineData("for=\"a\\\"b,c\";;host=\"x:1\"", "a\"b,c", null, "x:1")]
    public void Forwarded_IsReadFromTheRight_WhenItFitsTheGrammar(
        string line, string? node, string? proto, string? host) =>
        Assert.Equal(new ForwardedHop(node, proto, host), ForwardedHeader.Read(line)?[0]);

    [Theory]
    [InlineData("for=\"evil, for=203.0.113.9")]
    [InlineData("for=203.0.113.9;for=10.0.0.1")]
    [InlineData("for")]
    [InlineData("for=")]
    [InlineData("for=a b")]
    [InlineData("for=[::1]")]
    public void Forwarded_IsNotRead_WhenItDoesNotFitTheGrammar(string line) =>
        Assert.Null(ForwardedHeader.Read(line));

    [Fact]
    public void Forwarded_KeepsItsOrder_WhenItHasSeveralLines() =>
        Assert.Equal(["c", "b", "a"], ForwardedHeader.Read(new(["for=a, for=b", "for=c"]))!.Select(h => h.For));
}
