namespace Smcp.Network.Egress.Proxying;

public sealed class EgressRulesTests
{
    private static readonly EgressRules Rules = new(["api.example.org:443", "*.cdn.example.org:443", "db:5432", "x"]);

    [Theory]
    [InlineData("api.example.org:443")]
    [InlineData("API.Example.org:443")]
    [InlineData("api.example.org.:443")]
    [InlineData("a.cdn.example.org:443")]
    [InlineData("a.b.cdn.example.org:443")]
    [InlineData("db:5432")]
    public void Place_IsAllowed_WhenARuleNamesIt(string place) =>
        Assert.True(Rules.Allow(EgressPlace.Parse(place)!.Value));

    [Theory]
    [InlineData("api.example.org:80")]
    [InlineData("example.org:443")]
    [InlineData("cdn.example.org:443")]
    [InlineData("evilcdn.example.org:443")]
    [InlineData("api.example.org.evil.org:443")]
    [InlineData("127.0.0.1:443")]
    [InlineData("2130706433:443")]
    [InlineData("0x7f.1:443")]
    [InlineData("127.1:443")]
    [InlineData("x:443")]
    public void Place_IsRefused_WhenNoRuleNamesIt(string place) =>
        Assert.False(Rules.Allow(EgressPlace.Parse(place)!.Value));

    [Theory]
    [InlineData("[::1]:443")]
    [InlineData("::1")]
    [InlineData("api.example.org")]
    [InlineData("api.example.org:0")]
    [InlineData("api.example.org:65536")]
    [InlineData("api.example.org:443@evil.org:1")]
    [InlineData("user@api.example.org:443")]
    [InlineData("api.example.org%00.evil.org:443")]
    [InlineData("äpi.example.org:443")]
    [InlineData(":443")]
    [InlineData(".:443")]
    public void Place_IsNone_WhenItIsNoNameAndPort(string text) => Assert.Null(EgressPlace.Parse(text));

    [Theory]
    [InlineData("127.0.0.1:443")]
    [InlineData("127.1:443")]
    [InlineData("2130706433:443")]
    public void Rule_OfAnAddressAllowsNothing(string rule) =>
        Assert.False(new EgressRules([rule]).Allow(EgressPlace.Parse(rule)!.Value));
}
