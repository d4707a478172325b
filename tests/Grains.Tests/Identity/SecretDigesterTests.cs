using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Smcp.Identity.OAuth.Clients;
using Smcp.TestSupport;
using Smcp.Wire;

namespace Smcp.Identity;

public sealed class SecretDigesterTests
{
    private const string Secret = "a secret that somebody else keeps";

    private readonly InMemoryGrainStorage _storage = new();

    [Fact]
    public async Task Secret_Matches_ItsOwnDigestOnly()
    {
        var digester = Digests.Make(_storage);
        var digest = await digester.DigestAsync(Secret, default);

        Assert.True(await digester.MatchesAsync(Secret, digest, default));
        Assert.False(await digester.MatchesAsync(Secret + "x", digest, default));
        Assert.False(await digester.MatchesAsync(Secret, await digester.DigestAsync("another", default), default));
        Assert.False(await digester.MatchesAsync(Secret, null, default));
    }

    /// <summary>Who has the digest alone cannot try secrets against it.</summary>
    [Fact]
    public async Task Digest_IsOfTheInstallationsKey()
    {
        var digest = await Digests.Make(_storage).DigestAsync(Secret, default);
        var elsewhere = await Digests.Make().DigestAsync(Secret, default);

        Assert.NotNull(digest.KeyId);
        Assert.False(digest.Digest.Span.SequenceEqual(SHA256.HashData(Encoding.UTF8.GetBytes(Secret))));
        Assert.False(digest.Digest.Span.SequenceEqual(elsewhere.Digest.Span));
        Assert.False(await Digests.Make().MatchesAsync(Secret, digest, default));
    }

    [Fact]
    public async Task Digest_IsKnownToEveryNode()
    {
        var digest = await Digests.Make(_storage).DigestAsync(Secret, default);

        Assert.True(await Digests.Make(_storage).MatchesAsync(Secret, digest, default));
    }

    [Fact]
    public async Task PlainDigest_IsRead_OfARowFromBefore()
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));
        var row = JsonSerializer.Deserialize<ClientState>(
            $$"""{"secretDigest":"{{hash}}","previousDigest":""}""", WireJson.Options)!;
        var digester = Digests.Make(_storage);

        Assert.True(await digester.MatchesAsync(Secret, row.SecretDigest, default));
        Assert.False(await digester.MatchesAsync("another", row.SecretDigest, default));
        Assert.Null(row.PreviousDigest);
        Assert.Contains(hash, JsonSerializer.Serialize(row, WireJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void Digest_IsWrittenWithItsKey_AndReadBack()
    {
        var digest = new SecretDigest(-7, new byte[] { 1, 2, 3 });

        var written = JsonSerializer.Serialize(digest, WireJson.Options);
        var read = JsonSerializer.Deserialize<SecretDigest>(written, WireJson.Options)!;

        Assert.Equal("""{"keyId":-7,"digest":"AQID"}""", written);
        Assert.Equal(-7, read.KeyId);
        Assert.Equal([1, 2, 3], read.Digest.ToArray());
    }

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"keyId\":1}")]
    public void Digest_IsRefused_WhenItIsNone(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SecretDigest>(json, WireJson.Options));
}
