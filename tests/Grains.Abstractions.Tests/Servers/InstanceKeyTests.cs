using Smcp.Identity;
using Smcp.Servers.Deploying;

namespace Smcp.Servers;

public sealed class InstanceKeyTests
{
    private static readonly ServerKey Server = new(TenantId.Parse("acme"), ServerId.Parse("sums"));
    private static readonly PrincipalId Alice = PrincipalId.Parse("user:alice");

    [Theory]
    [InlineData(InstanceScope.Shared, "acme/sums/shared")]
    [InlineData(InstanceScope.Session, "acme/sums/alice")]
    [InlineData(InstanceScope.Pool, "acme/sums/pool-0")]
    public void Key_FollowsTheScope(InstanceScope scope, string key) =>
        Assert.Equal(key, InstanceKey.Of(Server, Of(scope, 1), "alice", Alice).ToString());

    [Fact]
    public void Pool_SpreadsItsCallers_AndKeepsEachAtOneMember()
    {
        var definition = Of(InstanceScope.Pool, 8);
        var members = Enumerable.Range(0, 400)
            .Select(n => InstanceKey.Of(Server, definition, $"caller-{n}", Alice).Partition).ToList();

        Assert.Equal(8, members.Distinct().Count());
        Assert.InRange(members.CountBy(member => member).Max(member => member.Value), 50, 100);
        Assert.Equal(members[7], InstanceKey.Of(Server, definition, "caller-7", Alice).Partition);
    }

    [Fact]
    public void Key_NamesTheVersion_AndTheCanarysForWhomItServes()
    {
        var definition = Of(InstanceScope.Session, 1) with
        {
            Deployed = new ServerVersion
            {
                Number = 3,
                Hash = "a",
                Settings = new ServerSettings { Runtime = RuntimeKind.Remote },
            },
        };
        var all = new ServerCanary { Number = 4, Percent = 100, Scope = InstanceScope.Shared };

        Assert.Equal("acme/sums/v3/id", InstanceKey.Of(Server, definition, "id", Alice).ToString());
        Assert.Equal(
            "acme/sums/v4/shared",
            InstanceKey.Of(Server, definition with { Canary = all }, "id", Alice).ToString());
        Assert.Equal(
            "acme/sums/v3/id",
            InstanceKey.Of(Server, definition with { Canary = all with { Percent = 0 } }, "id", Alice).ToString());
    }

    [Theory]
    [InlineData("acme/sums/shared")]
    [InlineData("acme/sums/v12/shared")]
    [InlineData("acme/sums/m12/shared")]
    [InlineData("acme/sums/v12/user:v1")]
    public void Key_IsReadAsItIsWritten(string key) => Assert.Equal(key, InstanceKey.Parse(key).ToString());

    [Theory]
    [InlineData("acme/sums")]
    [InlineData("acme/sums/x1/shared")]
    [InlineData("acme/sums/v-1/shared")]
    [InlineData("acme/sums/v1/a/b")]
    public void Key_IsNone_WhenItHasAnotherForm(string key) =>
        Assert.ThrowsAny<FormatException>(() => InstanceKey.Parse(key));

    private static ServerDefinition Of(InstanceScope scope, int members) => new()
    {
        Id = ServerId.Parse("sums"),
        Runtime = RuntimeKind.CSharp,
        Scope = scope,
        PoolMembers = members,
        Source = "sums",
    };
}
