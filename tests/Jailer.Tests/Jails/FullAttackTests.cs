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

    [JailFact]
    public async Task Jailers_ShareNoUsers()
    {
        await using var other = await JailerUnderTest.StartAsync();
        await using var first = await Jailer.StartAsync(Testing.Orders.Shell("echo up; cat"));
        await using var second = await other.StartAsync(Testing.Orders.Shell("echo up; cat"));
        Assert.Equal("up", await first.Output.ReadLineAsync());
        Assert.Equal("up", await second.Output.ReadLineAsync());

        var ranges = new[] { Jailer.ProcessId, other.ProcessId }
            .Select(jailer => HostProcesses.UserOf(HostProcesses.ChildrenOf(jailer)[0]))
            .Select(user => long.Parse(user, null) / 4_096)
            .ToList();

        if (Environment.IsPrivilegedProcess)
        {
            Assert.Distinct(ranges);
        }
    }

    [JailFact]
    public async Task Jails_AreBoundedTogether()
    {
        await using var prisoner = await Jailer.StartAsync(
            Testing.Orders.Shell("echo up; cat /proc/self/oom_score_adj; cat"));
        Assert.Equal("up", await prisoner.Output.ReadLineAsync());

        Assert.Equal("1000", await prisoner.Output.ReadLineAsync());
        if (Environment.IsPrivilegedProcess)
        {
            var all = HostProcesses.CgroupsOf(Jailer.ProcessId).Select(group => Path.GetDirectoryName(group)!).ToList();
            var memory = all.SelectMany(group => new[] { "memory.max", "memory.limit_in_bytes" }
                .Select(name => Path.Combine(group, name))).Single(File.Exists);
            var processes = all.Select(group => Path.Combine(group, "pids.max")).Single(File.Exists);
            Assert.InRange(
                long.Parse(await File.ReadAllTextAsync(memory), null), 1,
                GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
            Assert.InRange(long.Parse(await File.ReadAllTextAsync(processes), null), 1, 1_000_000);
        }
    }
}
