using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Cgroups;

/// <summary>
/// What is written to version 2 and read from it, in a folder that looks like one: the files are the kernel's only
/// where it has that version.
/// </summary>
public sealed class CgroupV2Tests : IDisposable
{
    private readonly string _mounts = Directory.CreateTempSubdirectory("smcp-cgroup-").FullName;

    private string All => Path.Combine(_mounts, "own", CgroupFiles.Folder);

    private string Jail => Path.Combine(All, "1-2-3");

    [Fact]
    public void Jails_AreBoundedTogether()
    {
        Find();

        Assert.Equal("+memory +cpu +pids", Read(Path.Combine(_mounts, "own"), "cgroup.subtree_control"));
        Assert.Equal("+memory +cpu +pids", Read(All, "cgroup.subtree_control"));
        Assert.Equal(("1000000", "77"), (Read(All, "memory.max"), Read(All, "pids.max")));
        Assert.Equal("33", Read(All, "cpu.weight"));
    }

    [Fact]
    public void Jail_IsBounded()
    {
        var bounds = new JailBounds
        {
            MemoryBytes = 4_096,
            CpuPercent = 50,
            CpuLater = true,
            Processes = 8,
            OpenFiles = 1,
            FileBytes = 1,
            TemporaryBytes = 1,
        };

        var cgroup = Find().Create("1-2-3", bounds);

        Assert.Equal(("4096", "9"), (Read(Jail, "memory.max"), Read(Jail, "pids.max")));
        Assert.False(File.Exists(Path.Combine(Jail, "cpu.max")));
        cgroup.BoundCpu(bounds.CpuPercent);
        Assert.Equal("50000 100000", Read(Jail, "cpu.max"));
    }

    [Fact]
    public void Jail_IsMeasured()
    {
        var cgroup = Find().Create("1-2-3", new JailBounds
        {
            MemoryBytes = 4_096,
            CpuPercent = 50,
            Processes = 8,
            OpenFiles = 1,
            FileBytes = 1,
            TemporaryBytes = 1,
        });
        Write("cpu.stat", "usage_usec 1234\nuser_usec 1000\n");
        Write("memory.current", "2048\n");
        Write("memory.events", "low 0\noom 1\noom_kill 0\n");

        Assert.Equal((1_234, 2_048), cgroup.Measure());
        Assert.False(cgroup.WasOutOfMemory());
        Write("memory.events", "low 0\noom 1\noom_kill 1\n");
        Assert.True(cgroup.WasOutOfMemory());
    }

    public void Dispose() => Directory.Delete(_mounts, recursive: true);

    private ICgroupTree Find()
    {
        Directory.CreateDirectory(Path.Combine(_mounts, "own"));
        File.WriteAllText(Path.Combine(_mounts, "cgroup.controllers"), "cpu memory pids");
        var own = Path.Combine(_mounts, "own-cgroup");
        File.WriteAllText(own, "0::/own\n");
        var terms = new JailerTerms
        {
            Socket = "/s",
            Client = 0,
            MemoryBytes = 1_000_000,
            Tasks = 77,
            CpuWeight = 33,
        };
        var (tree, problem) = new CgroupSearch(terms, _mounts, own).Find();
        Assert.Null(problem);
        return tree!;
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(Jail, file), text);

    private static string Read(string folder, string file) => File.ReadAllText(Path.Combine(folder, file));
}
