namespace Smcp.Jailer.Cgroups;

/// <summary>What is written to version 1, in folders that look like it.</summary>
public sealed class CgroupV1Tests : IDisposable
{
    private readonly string _mounts = Directory.CreateTempSubdirectory("smcp-cgroup-").FullName;

    [Theory]
    [InlineData(100, "1024")]
    [InlineData(10, "102")]
    [InlineData(1, "10")]
    public void Jails_WeighTogether_BesideEveryThreadThatIsInNoGroup(int weight, string shares)
    {
        foreach (var controller in new[] { "memory", "cpu", "cpuacct", "pids" })
        {
            Directory.CreateDirectory(Path.Combine(_mounts, controller));
        }

        var all = Path.Combine(_mounts, "memory", CgroupFiles.Folder);
        Directory.CreateDirectory(all);
        File.WriteAllText(Path.Combine(all, "memory.use_hierarchy"), "1");
        var own = Path.Combine(_mounts, "own-cgroup");
        File.WriteAllText(own, "4:memory:/\n3:pids:/\n2:cpuacct:/\n1:cpu:/\n");
        var terms = new JailerTerms { Socket = "/s", Client = 0, CpuWeight = weight };

        var (_, problem) = new CgroupSearch(terms, _mounts, own).Find();

        Assert.Null(problem);
        Assert.Equal(
            shares, File.ReadAllText(Path.Combine(_mounts, "cpu", CgroupFiles.Folder, "cpu.shares")));
    }

    public void Dispose() => Directory.Delete(_mounts, recursive: true);
}
