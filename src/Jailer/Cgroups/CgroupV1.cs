using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Cgroups;

/// <summary>Version 1: a folder for each of the controllers memory, cpu, cpuacct and pids.</summary>
internal sealed class CgroupV1(string memory, string cpu, string cpuAccounting, string processes) : ICgroupTree
{
    public ICgroup Create(string name, JailBounds bounds)
    {
        var jail = new Jail(
            Path.Combine(memory, name), Path.Combine(cpu, name), Path.Combine(cpuAccounting, name),
            Path.Combine(processes, name));
        try
        {
            jail.Make(bounds);
            return jail;
        }
        catch
        {
            jail.TryRemove();
            throw;
        }
    }

    private sealed class Jail(string memory, string cpu, string cpuAccounting, string processes) : ICgroup
    {
        /// <summary>Controllers may be mounted together: then a folder is the same as another.</summary>
        private readonly string[] _folders = [.. new[] { memory, cpu, cpuAccounting, processes }.Distinct()];

        public void Make(JailBounds bounds)
        {
            foreach (var folder in _folders)
            {
                Directory.CreateDirectory(folder);
            }

            CgroupFiles.Write(memory, "memory.limit_in_bytes", bounds.MemoryBytes);

            // Memory and swap together: no more than the memory, so there is no swap.
            CgroupFiles.WriteIfThere(memory, "memory.memsw.limit_in_bytes", $"{bounds.MemoryBytes}");
            CgroupFiles.Write(processes, "pids.max", bounds.Processes + CgroupFiles.Monitors);
            if (!bounds.CpuLater)
            {
                BoundCpu(bounds.CpuPercent);
            }
        }

        public void Add(int process)
        {
            foreach (var folder in _folders)
            {
                CgroupFiles.Add(folder, process);
            }
        }

        public void BoundCpu(int percent)
        {
            CgroupFiles.Write(cpu, "cpu.cfs_period_us", CgroupFiles.CpuPeriod);
            CgroupFiles.Write(cpu, "cpu.cfs_quota_us", CgroupFiles.CpuPeriod / 100L * percent);
        }

        public (long CpuMicroseconds, long MemoryBytes) Measure() => (
            CgroupFiles.Read(cpuAccounting, "cpuacct.usage") / 1_000,
            CgroupFiles.Read(memory, "memory.usage_in_bytes"));

        public bool WasOutOfMemory() => CgroupFiles.ReadWord(memory, "memory.oom_control", "oom_kill") > 0;

        public void Kill() => CgroupFiles.Kill(processes);

        public bool TryRemove()
        {
            var removed = true;
            foreach (var folder in _folders)
            {
                removed &= CgroupFiles.TryRemove(folder);
            }

            return removed;
        }
    }
}
