namespace Smcp.Identity.OAuth;

public sealed class RedirectUrisTests
{
    [Theory]
    [InlineData("https://a.example/cb", "https://a.example/cb", true)]
    [InlineData("https://a.example/cb", "https://a.example/cb/", false)]
    [InlineData("https://a.example/cb", "https://a.example/CB", false)]
    [InlineData("https://a.example/cb", "https://a.example/cb?x=1", false)]
    [InlineData("https://a.example/cb", "https://a.example/c%62", false)]
    [InlineData("https://a.example/cb", "https://a.example:8443/cb", false)]
    [InlineData("http://127.0.0.1:3000/cb", "http://127.0.0.1:51234/cb", true)]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:51234/cb", true)]
    [InlineData("http://[::1]:3000/cb", "http://[::1]:51234/cb", true)]
    [InlineData("http://localhost:3000/cb", "http://localhost:9/cb", true)]
    [InlineData("http://127.0.0.1:3000/cb", "http://localhost:3000/cb", false)]
    [InlineData("http://127.0.0.1:3000/cb", "http://[::1]:3000/cb", false)]
    [InlineData("http://127.0.0.1:3000/cb", "http://127.0.0.1:3000/other", false)]
    [InlineData("http://127.0.0.1:3000/cb", "https://127.0.0.1:3000/cb", false)]
    [InlineData("http://127.0.0.1:3000/cb", "http://127.0.0.1:1@evil.example/cb", false)]
    [InlineData("http://127.0.0.1:3000/cb", "http://127.0.0.1.evil.example/cb", false)]
    [InlineData("http://127.0.0.1:3000/cb", "http://evil.example/cb", false)]
    public void Match_ComparesTexts_ButForAPortOfLoopback(string registered, string asked, bool matches) =>
        Assert.Equal(matches, RedirectUris.Match(registered, asked));

    [Theory]
    [InlineData("https://a.example/cb", true)]
    [InlineData("https://a.example/cb?tenant=1", true)]
    [InlineData("http://127.0.0.1:3000/cb", true)]
    [InlineData("http://localhost/cb", true)]
    [InlineData("http://a.example/cb", false)]
    [InlineData("http://localhost.evil.example/cb", false)]
    [InlineData("https://a.example/cb#", false)]
    [InlineData("https://u:p@a.example/cb", false)]
    [InlineData("https://a.example/x/../cb", false)]
    [InlineData("https://a.example\\@evil.example/cb", false)]
    [InlineData("https:a.example/cb", false)]
    [InlineData("Https://a.example/cb", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("com.example.app:/cb", false)]
    [InlineData("/cb", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Uri_IsRegistrable_WhenItIsHttpsOrLoopback(string? uri, bool isRegistrable) =>
        Assert.Equal(isRegistrable, RedirectUris.IsRegistrable(uri));

    [Fact]
    public void Uri_IsRegistrable_WhenItsSchemeIsAllowed() =>
        Assert.True(RedirectUris.IsRegistrable("com.example.app:/cb", ["com.example.app"]));

    [Theory]
    [InlineData("smcpc.default.aaaaaaaaaaaaaaaaaaaaaa.secret", true)]
    [InlineData("smcpr.default.aaaaaaaaaaaaaaaaaaaaaa.secret", false)]
    [InlineData("smcpc.de/fault.aaaaaaaaaaaaaaaaaaaaaa.secret", false)]
    [InlineData("smcpc.default.short.secret", false)]
    [InlineData("smcpc.default.aaaaaaaaaaaaaaaaaaaaaa.", false)]
    [InlineData("smcpc.default.aaaaaaaaaaaaaaaaaaaaaa.a.b", false)]
    public void GrantKey_IsRead_FromACodeOnly(string text, bool isRead) =>
        Assert.Equal(isRead, GrantKey.TryRead(text, GrantSecrets.Code, out _));
}
