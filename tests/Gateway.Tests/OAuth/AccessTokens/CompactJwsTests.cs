using System.Buffers.Text;
using System.Text;

namespace Smcp.OAuth.AccessTokens;

public sealed class CompactJwsTests
{
    // RFC 7515 appendix A.3.
    private const string Token =
        "eyJhbGciOiJFUzI1NiJ9"
        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private static readonly byte[] X = Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
    private static readonly byte[] Y = Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");

    [Fact]
    public void Signature_IsVerified_AsInTheStandardsExample()
    {
        var jws = CompactJws.Parse(Token)!;

        Assert.Equal("{\"alg\":\"ES256\"}", Encoding.ASCII.GetString(jws.Header));
        Assert.True(Es256.Verify(X, Y, jws.Input, jws.Signature));
    }

    [Fact]
    public void Signature_IsRefused_WhenAnythingChanged()
    {
        var jws = CompactJws.Parse(Token)!;
        foreach (var at in new[] { 0, 31, 32, 63 })
        {
            var signature = jws.Signature.ToArray();
            signature[at] ^= 1;
            Assert.False(Es256.Verify(X, Y, jws.Input, signature));
        }

        var input = jws.Input.ToArray();
        input[^1] ^= 1;
        Assert.False(Es256.Verify(X, Y, input, jws.Signature));
    }

    [Fact]
    public void Signature_IsRefused_WhenItIsADegenerateOne()
    {
        var jws = CompactJws.Parse(Token)!;
        var order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

        Assert.False(Es256.Verify(X, Y, jws.Input, new byte[64]));
        Assert.False(Es256.Verify(X, Y, jws.Input, [.. order, .. order]));
        Assert.False(Es256.Verify(X, Y, jws.Input, [.. new byte[32], .. jws.Signature[32..]]));
        Assert.False(Es256.Verify(X, Y, jws.Input, [.. jws.Signature, 0]));
        Assert.False(Es256.Verify(X, Y, jws.Input, jws.Signature.AsSpan(1)));
        Assert.False(Es256.Verify(X, Y, jws.Input, []));
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("YQ.YQ.YQ.YQ")]
    [InlineData("YQ==.YQ.YQ")]
    [InlineData("YR.YQ.YQ")]
    [InlineData(" YQ.YQ.YQ")]
    [InlineData("YQ.Y Q.YQ")]
    [InlineData("YQ.YQ.Y+")]
    [InlineData("YQ..YQ")]
    [InlineData("..")]
    public void Text_IsRefused_WhenItIsNoOneSpelling(string text) => Assert.Null(CompactJws.Parse(text));

    [Theory]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"k"}""", "k")]
    [InlineData("""{"kid":"k","typ":"at+jwt","alg":"ES256"}""", "k")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""", null)]
    [InlineData("""{"alg":"none","typ":"at+jwt","kid":"k"}""", null)]
    [InlineData("""{"alg":"es256","typ":"at+jwt","kid":"k"}""", null)]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"k"}""", null)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":1}""", null)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"k","crit":["x"]}""", null)]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"k","kid":"k"}""", null)]
    [InlineData("""{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"k"}""", null)]
    [InlineData("""["alg"]""", null)]
    [InlineData("{", null)]
    public void Header_IsExactlyOurs(string header, string? keyId) =>
        Assert.Equal(keyId, JwsHeader.KeyIdOf(Encoding.UTF8.GetBytes(header)));

    [Theory]
    [InlineData("", "", true)]
    [InlineData("\"exp\":2", "\"exp\":\"2\"", false)]
    [InlineData("\"exp\":2", "\"exp\":2.5", false)]
    [InlineData("\"exp\":2", "\"exp\":-1", false)]
    [InlineData("\"exp\":2", "\"exp\":1e400", false)]
    [InlineData("\"exp\":2", "\"exp\":2,\"exp\":9", false)]
    [InlineData("\"aud\":\"a\"", "\"aud\":[\"a\"]", false)]
    [InlineData("\"sub\":\"user:u\"", "\"sub\":null", false)]
    [InlineData("\"tid\":\"t\"", "\"tid\":\"t/../x\"", false)]
    [InlineData("\"scope\":\"s\"", "\"scope\":[\"s\"]", false)]
    [InlineData("\"iss\":\"i\"", "\"nbf\":\"x\",\"iss\":\"i\"", false)]
    public void Claims_AreEachPresentAndOfTheirType(string what, string instead, bool isRead)
    {
        const string claims =
            """
            {"iss":"i","sub":"user:u","aud":"a","tid":"t","client_id":"c","scope":"s","iat":1,"exp":2,"jti":"j",
            "gid":"aaaaaaaaaaaaaaaaaaaaaa"}
            """;
        var payload = what.Length == 0 ? claims : claims.Replace(what, instead, StringComparison.Ordinal);

        Assert.Equal(isRead, AccessTokenClaims.Read(Encoding.UTF8.GetBytes(payload)) is not null);
    }
}
