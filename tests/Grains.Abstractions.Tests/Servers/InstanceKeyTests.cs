using Smcp.Identity;

namespace Smcp.Servers;

public sealed class InstanceKeyTests
{
    private static readonly ServerKey Server = new(TenantId.Parse("acme"), ServerId.Parse("sums"));

    [Theory]
    [InlineData(InstanceScope.Shared, "acme/sums/shared")]
    [InlineData(InstanceScope.Session, "acme/sums/alice")]
    [InlineData(InstanceScope.Pool, "acme/sums/pool-0")]
    public void Key_FollowsTheScope(InstanceScope scope, string key) =>
        Assert.Equal(key, InstanceKey.Of(Server, Of(scope, 1), "alice").ToString());

    [Fact]
    public void Pool_SpreadsItsCallers_AndKeepsEachAtOneMember()
    {
        var definition = Of(InstanceScope.Pool, 8);
        var members = Enumerable.Range(0, 400)
            .Select(n => InstanceKey.Of(Server, definition, $"caller-{n}").Partition).ToList();

        Assert.Equal(8, members.Distinct().Count());
        Assert.InRange(members.CountBy(member => member).Max(member => member.Value), 50, 100);
        Assert.Equal(members[7], InstanceKey.Of(Server, definition, "caller-7").Partition);
    }

    private static ServerDefinition Of(InstanceScope scope, int members) => new()
    {
        Id = ServerId.Parse("sums"),
        Runtime = RuntimeKind.CSharp,
        Scope = scope,
        PoolMembers = members,
        Source = "sums",
    };
}
