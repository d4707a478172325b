namespace Smcp.Jailer.Cgroups;

/// <summary>Finds where this process may make cgroups with memory, cpu and pids bounded.</summary>
internal sealed class CgroupSearch(
    JailerTerms terms, string mounts = "/sys/fs/cgroup", string own = "/proc/self/cgroup")
{
    private static readonly string[] Controllers = ["memory", "cpu", "pids"];

    /// <summary>The tree, or what is missing and how to mend it.</summary>
    public (ICgroupTree? Tree, string? Problem) Find()
    {
        try
        {
            return (File.Exists(Path.Combine(mounts, "cgroup.controllers")) ? FindV2() : FindV1(), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"no cgroup can be made for jails ({exception.Message}): run the jailer as root, by a "
                + "systemd unit with Delegate=yes, or in a container whose /sys/fs/cgroup is writable");
        }
    }

    private CgroupV2 FindV2()
    {
        var self = Path.Combine(mounts, OwnPath(string.Empty).TrimStart('/'));
        LetControllersIn(self);
        var folder = CgroupFiles.Prepare(self);
        CgroupFiles.Write(folder, "cgroup.subtree_control", "+memory +cpu +pids");
        CgroupFiles.Write(folder, "memory.max", terms.MemoryBytes);
        CgroupFiles.Write(folder, "pids.max", terms.Tasks);
        CgroupFiles.Write(folder, "cpu.weight", terms.CpuWeight);
        return new CgroupV2(folder);
    }

    /// <summary>
    /// Controllers are let into the groups below a group only while no process is in it itself (the root excepted):
    /// this
    /// process then moves into a group of its own.
    /// </summary>
    private static void LetControllersIn(string self)
    {
        var control = Path.Combine(self, "cgroup.subtree_control");
        var wanted = string.Join(' ', Controllers.Select(name => $"+{name}"));
        try
        {
            File.WriteAllText(control, wanted);
        }
        catch (IOException)
        {
            var leaf = Path.Combine(self, "smcp-jailer");
            Directory.CreateDirectory(leaf);
            CgroupFiles.Add(leaf, Environment.ProcessId);
            File.WriteAllText(control, wanted);
        }
    }

    private CgroupV1 FindV1()
    {
        var memory = FolderOf("memory");
        if (CgroupFiles.Read(memory, "memory.use_hierarchy") == 0)
        {
            CgroupFiles.Write(memory, "memory.use_hierarchy", 1);
        }

        CgroupFiles.Write(memory, "memory.limit_in_bytes", terms.MemoryBytes);
        var processes = FolderOf("pids");
        CgroupFiles.Write(processes, "pids.max", terms.Tasks);
        var cpu = FolderOf("cpu");
        CgroupFiles.Write(cpu, "cpu.shares", CgroupFiles.SharesOf(terms.CpuWeight));
        return new CgroupV1(memory, cpu, FolderOf("cpuacct"), processes);
    }

    private string FolderOf(string controller)
    {
        var mount = Path.Combine(mounts, controller);
        var self = Path.Combine(mount, OwnPath(controller).TrimStart('/'));
        return CgroupFiles.Prepare(Directory.Exists(self) ? self : mount);
    }

    /// <summary>The path of this process in a hierarchy; that of version 2 has no controllers' names.</summary>
    private string OwnPath(string controller) => File.ReadLines(own)
        .Select(line => line.Split(':', 3))
        .Where(parts => parts.Length == 3 && parts[1].Split(',').Contains(controller))
        .Select(parts => parts[2])
        .FirstOrDefault("/");
}
