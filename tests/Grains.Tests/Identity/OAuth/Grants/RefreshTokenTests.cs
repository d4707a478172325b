namespace Smcp.Identity.OAuth.Grants;

public sealed class RefreshTokenTests
{
    private static readonly byte[] TagKey = [.. Enumerable.Repeat((byte)7, 32)];
    private readonly GrantKey _key = new(TenantId.Default, GrantId.Random());

    [Fact]
    public void Token_IsReadBack()
    {
        var token = RefreshToken.First();

        var read = RefreshToken.Read(token.Write(_key, TagKey), TagKey)!;

        Assert.Equal(1, read.Generation);
        Assert.True(token.Secret.Span.SequenceEqual(read.Secret.Span));
    }

    [Fact]
    public void Token_IsRefused_WhenAnyCharacterChanged()
    {
        var text = RefreshToken.First().Write(_key, TagKey);
        for (var at = text.LastIndexOf('.') + 1; at < text.Length; at++)
        {
            var other = text[at] == 'A' ? 'B' : 'A';
            var changed = string.Concat(text.AsSpan(0, at), other.ToString(), text.AsSpan(at + 1));
            Assert.True(RefreshToken.Read(changed, TagKey) is null, $"changed at {at}");
        }
    }

    [Fact]
    public void Token_IsRefused_WhenItsTextIsNone()
    {
        var text = RefreshToken.First().Write(_key, TagKey);
        string[] others = ["", "smcpr", "smcpr.a.b.", "smcpr.a.b.!", text[..^1], text[..^8], text + "AAAA"];
        foreach (var other in others)
        {
            Assert.True(RefreshToken.Read(other, TagKey) is null, other);
        }
    }

    [Fact]
    public void Token_IsRefused_UnderAnotherGrantsKey() =>
        Assert.Null(RefreshToken.Read(RefreshToken.First().Write(_key, TagKey), new byte[32]));

    [Fact]
    public void Successor_IsTheSame_BySaltAndToken()
    {
        var token = RefreshToken.First();
        ReadOnlyMemory<byte> salt = new byte[] { 1, 2, 3 };

        Assert.True(token.Next(salt).Secret.Span.SequenceEqual(token.Next(salt).Secret.Span));
        Assert.False(token.Next(salt).Secret.Span.SequenceEqual(token.Next(new byte[] { 9 }).Secret.Span));
        Assert.False(token.Next(salt).Secret.Span.SequenceEqual(RefreshToken.First().Next(salt).Secret.Span));
    }

    [Theory]
    [InlineData("mcp:read mcp:tools mcp:admin", "mcp.*:*", "mcp:read mcp:tools")]
    [InlineData("mcp:admin", "mcp.*:*", "mcp:tools")]
    [InlineData("mcp:admin", "admin.*:*", "mcp:admin")]
    [InlineData("mcp:tools", "mcp.use:notes", "mcp:read")]
    [InlineData("mcp:tools", "mcp.tool:notes/add", "mcp:tools")]
    [InlineData("mcp:tools", "", "")]
    [InlineData("other", "mcp.*:*", "")]
    public void Scopes_AreReduced_ToWhatIsPermitted(string asked, string permissions, string reduced) =>
        Assert.Equal(
            reduced,
            string.Join(' ', ScopeRules.Reduce(asked.Split(' '), permissions.Length > 0 ? [permissions] : [])));
}
