using Smcp.Identity;
using Smcp.Identity.Replays;
using Smcp.Identity.Users;
using Smcp.Servers;

namespace Smcp.Admin;

/// <summary>No two things of two tenants have one grain key: whatever ids they have.</summary>
public sealed class GrainAddressTests
{
    private const string Label = "abz019-";
    private const string Token = "abzAZ019-_";

    [Fact]
    public void Key_TellsEveryPairFromEveryOther()
    {
        var random = new Random(20260728);
        var keys = new Dictionary<string, (string, string, string)>();
        for (var i = 0; i < 20_000; i++)
        {
            var (tenantText, id) = (TextOf(random, Label), TextOf(random, Token));
            if (!TenantId.TryParse(tenantText, null, out var tenant))
            {
                continue;
            }

            foreach (var (kind, key) in KeysOf(tenant, id))
            {
                Assert.StartsWith($"{tenant}/", key, StringComparison.Ordinal);
                Assert.Equal((kind, tenantText, id), keys.GetValueOrDefault($"{kind} {key}", (kind, tenantText, id)));
                keys[$"{kind} {key}"] = (kind, tenantText, id);
            }
        }

        Assert.True(keys.Count > 1_000);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a%2Fb")]
    [InlineData("")]
    [InlineData("a b")]
    public void Tenant_IsNoPath(string text) => Assert.False(TenantId.TryParse(text, null, out _));

    private static IEnumerable<(string Kind, string Key)> KeysOf(TenantId tenant, string id)
    {
        yield return ("key", new ApiKeyAddress(tenant, id).ToString());
        if (PrincipalId.TryParse(id, null, out var principal))
        {
            yield return ("replay", new ReplayKey(tenant, principal).ToString());
        }

        if (ServerId.TryParse(id, null, out var server))
        {
            yield return ("server", new ServerKey(tenant, server).ToString());
        }

        if (UserId.TryParse(id, null, out var user))
        {
            yield return ("user", new UserKey(tenant, user).ToString());
        }
    }

    private static string TextOf(Random random, string alphabet) =>
        new([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
}
