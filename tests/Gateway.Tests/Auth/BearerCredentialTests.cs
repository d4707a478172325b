using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Smcp.Auth;

public sealed class BearerCredentialTests
{
    private const int LengthMax = 8;

    [Theory]
    [InlineData("Bearer abc", "abc")]
    [InlineData("bearer abc", "abc")]
    [InlineData("Bearer  abc ", "abc")]
    [InlineData("Bearer !~", "!~")]
    [InlineData("Bearer 12345678", "12345678")]
    [InlineData("Bearer 123456789", "")]
    [InlineData("Bearer ", "")]
    [InlineData("Bearer", "")]
    [InlineData("Bearerabc", "")]
    [InlineData("Basic abc", "")]
    [InlineData("Bearer a b", "")]
    [InlineData("Bearer a\tb", "")]
    [InlineData("Bearer a\u007f", "")]
    [InlineData("Bearer ä", "")]
    [InlineData("", "")]
    public void Credential_IsTaken_WhenItCanBeOne(string header, string credential) =>
        Assert.Equal(credential, Of(header));

    [Fact]
    public void Credential_IsNone_WithoutTheHeader()
    {
        Assert.Null(Of());
        Assert.Equal(string.Empty, Of("Bearer abc", "Bearer abc"));
    }

    private static string? Of(params string[] headers)
    {
        var request = new DefaultHttpContext().Request;
        if (headers.Length > 0)
        {
            request.Headers.Authorization = new StringValues(headers);
        }

        return BearerCredential.Of(request, LengthMax);
    }
}
