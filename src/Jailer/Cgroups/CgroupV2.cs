using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Cgroups;

/// <summary>Version 2: one folder, with all controllers that are let into it.</summary>
internal sealed class CgroupV2(string folder) : ICgroupTree
{
    public ICgroup Create(string name, JailBounds bounds)
    {
        var jail = new Jail(Path.Combine(folder, name));
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

    private sealed class Jail(string own) : ICgroup
    {
        public void Make(JailBounds bounds)
        {
            Directory.CreateDirectory(own);
            CgroupFiles.Write(own, "memory.max", bounds.MemoryBytes);
            CgroupFiles.WriteIfThere(own, "memory.swap.max", "0");
            CgroupFiles.Write(own, "pids.max", bounds.Processes + CgroupFiles.Monitors);
            if (!bounds.CpuLater)
            {
                BoundCpu(bounds.CpuPercent);
            }
        }

        public void Add(int process) => CgroupFiles.Add(own, process);

        public void BoundCpu(int percent) => CgroupFiles.Write(
            own, "cpu.max", $"{CgroupFiles.CpuPeriod / 100L * percent} {CgroupFiles.CpuPeriod}");

        public (long CpuMicroseconds, long MemoryBytes) Measure() => (
            CgroupFiles.ReadWord(own, "cpu.stat", "usage_usec"), CgroupFiles.Read(own, "memory.current"));

        public bool WasOutOfMemory() => CgroupFiles.ReadWord(own, "memory.events", "oom_kill") > 0;

        public void Kill() => CgroupFiles.Kill(own);

        public bool TryRemove() => CgroupFiles.TryRemove(own);
    }
}
