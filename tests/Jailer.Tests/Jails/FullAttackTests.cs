using Smcp.Jailer.Testing;

namespace Smcp.Jailer.Jails;

/// <summary>The best jails that this user can have: of level full as root, as on CI.</summary>
public sealed class FullAttackTests() : AttackTests(asNobody: false)
{
    [JailFact]
    public async Task Jails_HaveUsersOfTheirOwn()
    {
        await using var first = await Jailer.StartAsync(Testing.Orders.Shell("echo up; cat"));
        await using var second = await Jailer.StartAsync(Testing.Orders.Shell("echo up; cat"));
        Assert.Equal("up", await first.Output.ReadLineAsync());
        Assert.Equal("up", await second.Output.ReadLineAsync());

        var users = HostProcesses.ChildrenOf(Jailer.ProcessId).Select(HostProcesses.UserOf).ToList();

        Assert.Equal(2, users.Count);
        if (Environment.IsPrivilegedProcess)
        {
            Assert.DoesNotContain("0", users);
            Assert.Distinct(users);
        }
    }
}
