using System.Text;
using System.Text.Json.Nodes;
using Smcp.Identity;

namespace Smcp.OAuth.AccessTokens;

public sealed class AccessTokenClaimsTests
{
    private const long LastSecond = 253_402_300_799;

    private readonly JsonObject _json = new()
    {
        ["iss"] = "https://smcp",
        ["sub"] = "user:u",
        ["aud"] = "https://smcp/t/acme/s/notes/mcp",
        ["tid"] = "acme",
        ["gid"] = "0123456789abcdef012345",
        ["client_id"] = "client",
        ["scope"] = "mcp:read  mcp:tools",
        ["iat"] = 1_000,
        ["exp"] = 2_000,
        ["jti"] = "id",
    };

    [Fact]
    public void Claims_AreRead_EachToItsPlace()
    {
        _json["nbf"] = 1_500;

        var claims = Read()!;

        Assert.Equal("https://smcp", claims.Issuer);
        Assert.Equal(PrincipalId.Parse("user:u"), claims.Subject);
        Assert.Equal("https://smcp/t/acme/s/notes/mcp", claims.Audience);
        Assert.Equal("acme/0123456789abcdef012345", claims.Grant.ToString());
        Assert.Equal("client", claims.Client.ToString());
        Assert.Equal(["mcp:read", "mcp:tools"], claims.Scopes);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_000), claims.IssuedAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_500), claims.NotBefore);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(2_000), claims.ExpiresAt);
        Assert.Equal("id", claims.Id);
    }

    [Fact]
    public void Beginning_MayBeLeftOut() => Assert.Null(Read()!.NotBefore);

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    [InlineData("tid")]
    [InlineData("gid")]
    [InlineData("client_id")]
    [InlineData("scope")]
    [InlineData("iat")]
    [InlineData("exp")]
    [InlineData("jti")]
    public void Claims_AreNone_WhenOneIsMissingOrOfAnotherType(string name)
    {
        _json[name] = new JsonArray("a");
        Assert.Null(Read());
        _json.Remove(name);
        Assert.Null(Read());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(LastSecond, true)]
    [InlineData(LastSecond + 1, false)]
    [InlineData(-1, false)]
    public void Time_IsOneThatACalendarHas(long seconds, bool isRead)
    {
        foreach (var name in (string[])["iat", "exp", "nbf"])
        {
            var json = _json.DeepClone();
            json[name] = seconds;
            Assert.Equal(isRead, AccessTokenClaims.Read(Encoding.UTF8.GetBytes(json.ToJsonString())) is not null);
        }
    }

    [Fact]
    public void Claims_AreNone_WhenTheyAreNoObject() => Assert.Null(AccessTokenClaims.Read("[]"u8.ToArray()));

    private AccessTokenClaims? Read() => AccessTokenClaims.Read(Encoding.UTF8.GetBytes(_json.ToJsonString()));
}
