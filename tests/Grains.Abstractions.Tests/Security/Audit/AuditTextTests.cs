using Smcp.Identity;
using Smcp.TestSupport;

namespace Smcp.Security.Audit;

public sealed class AuditTextTests
{
    [Theory]
    [InlineData("a\r\nb", "a  b")]
    [InlineData("a\u001b[31mb", "a [31mb")]
    [InlineData("a\u2028b\u0085c", "a b c")]
    [InlineData("a\u202eb\u200bc", "a b c")]
    [InlineData("a\ud83d\ude00b", "a\ud83d\ude00b")]
    [InlineData("caf\u00e9", "caf\u00e9")]
    public void Text_LosesWhatDeceivesAReader(string text, string expected) =>
        Assert.Equal(expected, AuditText.Clean(text, 100));

    [Fact]
    public void Text_LosesHalfACharacter() =>
        Assert.Equal("a b", AuditText.Clean(string.Concat("a", (char)0xd800, "b"), 100));

    [Theory]
    [InlineData("Bearer abc.def")]
    [InlineData("got eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln")]
    [InlineData("smcp_acme_0123456789abcdefghij0123456789abcdefghij012_abcdef")]
    [InlineData("https://user:hunter2@example.org/x")]
    [InlineData("https://example.org/x?access_token=hunter2&y=1")]
    public void Text_LosesWhatLooksLikeACredential(string text)
    {
        var clean = AuditText.Clean(text, 256)!;

        Assert.Contains("[masked]", clean, StringComparison.Ordinal);
        Assert.All(
            ["abc.def", "eyJhbGci", "0123456789abcdef", "hunter2"],
            secret => Assert.DoesNotContain(secret, clean, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_IsKept_WhenItIsHarmless() =>
        Assert.Equal("server/notes?x=1", AuditText.Clean("server/notes?x=1", 256));

    [Fact]
    public void Event_IsBounded_WhateverItIsGiven()
    {
        var huge = new string('x', 1_000_000);
        var clean = AuditText.Clean(
            new AuditEvent
            {
                Tenant = TenantId.Platform,
                Action = huge,
                Outcome = AuditOutcome.Denied,
                Principal = huge,
                Credential = huge,
                Session = huge,
                Target = huge,
                Reason = huge,
                Address = huge,
                CorrelationId = huge,
            },
            new ManualTimeProvider());

        Assert.All(
            [
                clean.Action, clean.Principal, clean.Credential, clean.Session, clean.Target, clean.Reason,
                clean.Address, clean.CorrelationId,
            ],
            text => Assert.True(text!.Length <= 256));
        Assert.NotEqual(default, clean.Time);
    }
}
