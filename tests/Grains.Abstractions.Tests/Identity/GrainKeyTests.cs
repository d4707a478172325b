using Smcp.Identity;
using Smcp.Servers;
using Smcp.Sessions;

namespace Smcp.Tests.Identity;

/// <summary>No two identities share a key, and no id reaches out of the key that it is part of.</summary>
public sealed class GrainKeyTests
{
    private const string Alphabet = "abcdefgxyz0189-_/.\n";
    private const int Rounds = 20_000;

    [Fact]
    public void SessionKey_RoundTrips_WhenParsed()
    {
        var key = new SessionKey(TenantId.Parse("acme"), ServerId.Parse("echo"), SessionId.Parse("abc_-9"));

        Assert.Equal("acme/echo/abc_-9", key.ToString());
        Assert.Equal(key, SessionKey.Parse(key.ToString()));
    }

    [Theory]
    [InlineData("acme/echo")]
    [InlineData("acme/echo/a/b")]
    [InlineData("/echo/a")]
    [InlineData("acme//a")]
    public void SessionKey_Throws_WhenNotThreeIds(string text) =>
        Assert.Throws<FormatException>(() => SessionKey.Parse(text));

    [Fact]
    public void SessionKey_IsUnique_ForWhateverIdsAreAccepted()
    {
        var random = new Random(20261121);
        var seen = new Dictionary<string, (string, string, string)>();
        for (var round = 0; round < Rounds; round++)
        {
            var (tenant, server, session) = (Text(random), Text(random), Text(random));
            if (!TenantId.TryParse(tenant, null, out var t)
                || !ServerId.TryParse(server, null, out var s)
                || !SessionId.TryParse(session, null, out var i))
            {
                continue;
            }

            var key = new SessionKey(t, s, i).ToString();
            Assert.True(seen.TryAdd(key, (tenant, server, session)) || seen[key] == (tenant, server, session), key);
            Assert.Equal(2, key.Count(c => c == '/'));
        }

        Assert.True(seen.Count > 1_000, $"Only {seen.Count} of {Rounds} rounds made a key.");
    }

    [Fact]
    public void InstanceKey_RoundTrips_WhenThePartitionIsAPrincipal()
    {
        var principal = PrincipalId.Parse("user@host");
        var key = new InstanceKey(TenantId.Parse("acme"), ServerId.Parse("echo"), principal.ToString());

        Assert.Equal(key, InstanceKey.Parse(key.ToString()));
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
}
