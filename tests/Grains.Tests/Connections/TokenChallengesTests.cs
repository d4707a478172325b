using System.Net;

namespace Smcp.Connections;

public sealed class TokenChallengesTests
{
    [Theory]
    [InlineData(
        """Bearer error="insufficient_scope", scope="a b", resource_metadata="https://x.example/m?a=b,c" """,
        "a b", "https://x.example/m?a=b,c")]
    [InlineData("bearer scope=a,resource_metadata=m", "a", "m")]
    [InlineData("""Bearer realm="a \"quoted\", one", scope="a" """, "a", null)]
    [InlineData("Bearer", null, null)]
    public void Read_GivesWhatTheServerWants(string header, string? scope, string? metadata)
    {
        var challenge = TokenChallenges.Read(Refusal(HttpStatusCode.Unauthorized, header))!;

        Assert.Equal((scope, metadata), (challenge.Scope, challenge.ResourceMetadata));
        Assert.False(challenge.IsAboutScope);
    }

    [Fact]
    public void Read_KnowsAStepUp_AndAnotherScheme()
    {
        var stepUp = Refusal(HttpStatusCode.Forbidden, "Bearer scope=\"a\", error=\"insufficient_scope\"");

        Assert.True(TokenChallenges.Read(stepUp)!.IsAboutScope);
        Assert.Null(TokenChallenges.Read(Refusal(HttpStatusCode.Unauthorized, "Basic realm=\"x\"")));
        Assert.Null(TokenChallenges.Read(Refusal(HttpStatusCode.Unauthorized, "Bearer scope=\"a")));
        Assert.Null(TokenChallenges.Read(new HttpResponseMessage(HttpStatusCode.Unauthorized)));
    }

    private static HttpResponseMessage Refusal(HttpStatusCode status, string header)
    {
        var refusal = new HttpResponseMessage(status);
        Assert.True(refusal.Headers.TryAddWithoutValidation("WWW-Authenticate", header));
        return refusal;
    }
}
