using System.Buffers.Text;

namespace Smcp.Identity.OAuth.Grants;

public sealed class AuthorizationCodeTests
{
    private readonly GrantKey _key = new(TenantId.Parse("acme"), GrantId.Random());

    [Fact]
    public void Code_SaysWhereItsGrantIs()
    {
        Assert.True(GrantKey.TryRead(AuthorizationCode.Create(_key), GrantSecrets.Code, out var read));
        Assert.Equal(_key, read);
        Assert.False(GrantKey.TryRead(AuthorizationCode.Create(_key), GrantSecrets.Refresh, out _));
    }

    [Fact]
    public void Code_EndsWith256BitsThatNoOtherHas()
    {
        var codes = Enumerable.Range(0, 100).Select(_ => AuthorizationCode.Create(_key)).ToList();

        Assert.Equal(100, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Equal(32, Base64Url.DecodeFromChars(code.Split('.')[^1]).Length));
    }
}
