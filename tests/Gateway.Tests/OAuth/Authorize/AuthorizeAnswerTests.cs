using Smcp.Pages;

namespace Smcp.OAuth.Authorize;

public sealed class AuthorizeAnswerTests
{
    private const string Issuer = "https://smcp.example";

    [Theory]
    [InlineData("https://app.example/cb", "https://app.example/cb?code=c.1&state=a%20%26b%3D%22&iss=")]
    [InlineData("https://app.example/cb?x=1", "https://app.example/cb?x=1&code=c.1&state=a%20%26b%3D%22&iss=")]
    public void Code_IsSentOnceWithStateAndIssuer(string redirectUri, string expected) => Assert.Equal(
        expected + Uri.EscapeDataString(Issuer),
        LocationOf(AuthorizeAnswer.Code(redirectUri, "a &b=\"", Issuer, "c.1")));

    [Fact]
    public void Error_SaysNoState_WhenThereWasNone() => Assert.Equal(
        "http://127.0.0.1:3/cb?error=access_denied&error_description=No.&iss=" + Uri.EscapeDataString(Issuer),
        LocationOf(AuthorizeAnswer.Error(
            "http://127.0.0.1:3/cb", null, Issuer, new AuthorizeRefusal(AuthorizeErrors.AccessDenied, "No."))));

    [Theory]
    [InlineData("https://app.example:8443/cb", "app.example:8443", false)]
    [InlineData("http://localhost:3000/cb", "localhost", true)]
    [InlineData("http://[::1]:3000/cb", "[::1]", true)]
    [InlineData("cursor://anysphere.cursor/cb", "cursor:", true)]
    public void Target_IsTheHost_AndLocalWhereAnyProgramMayBe(string redirectUri, string host, bool isLocal) =>
        Assert.Equal(new RedirectTarget(host, isLocal), RedirectTarget.Of(redirectUri));

    private static string LocationOf(PageAnswer answer) => Assert.IsType<RedirectAnswer>(answer).Location;
}
