using Smcp.Protocol;

namespace Smcp;

public sealed class McpRevisionTests
{
    [Theory]
    [InlineData("2024-11-05", true, true, false, false)]
    [InlineData("2025-03-26", true, true, false, false)]
    [InlineData("2025-06-18", true, false, true, false)]
    [InlineData("2025-11-25", true, false, true, true)]
    [InlineData("2026-07-28", false, false, true, false)]
    public void Revision_AnswersAsItsTextSays(string date, bool sessions, bool batches, bool header, bool primes)
    {
        Assert.True(McpRevision.TryParse(date, out var revision));

        Assert.Equal(sessions, revision.UsesSessions);
        Assert.Equal(batches, revision.AllowsBatches);
        Assert.Equal(header, revision.DefinesVersionHeader);
        Assert.Equal(primes, revision.PrimesStreams);
    }

    [Theory]
    [InlineData(McpMethods.Initialize)]
    [InlineData(McpMethods.Ping)]
    [InlineData(McpMethods.SetLogLevel)]
    [InlineData(McpMethods.ResourcesSubscribe)]
    [InlineData(McpMethods.ResourcesUnsubscribe)]
    public void Revision_HasNoMethodOfSessions_WhenItHasNoSessions(string method)
    {
        Assert.False(McpRevision.V20260728.Allows(method));
        Assert.True(McpRevision.V20251125.Allows(method));
    }

    [Theory]
    [InlineData("2025-11-26")]
    [InlineData("")]
    [InlineData(null)]
    public void Revision_IsUnknown_WhenItIsNotServed(string? date) => Assert.False(McpRevision.TryParse(date, out _));
}
