namespace Smcp.Jailer.Cgroups;

/// <summary>One jail's cgroup.</summary>
internal interface ICgroup
{
    /// <summary>Takes a process in; its children to come are in it too.</summary>
    void Add(int process);

    /// <summary>Bounds the processor time from now on.</summary>
    void BoundCpu(int percent);

    /// <summary>Processor time in microseconds since it was made, and memory in bytes.</summary>
    (long CpuMicroseconds, long MemoryBytes) Measure();

    /// <summary>Whether the kernel killed something in it for its memory.</summary>
    bool WasOutOfMemory();

    /// <summary>Kills what is in it, where the kernel has a way to do it at once.</summary>
    void Kill();

    /// <summary>Removes it; false as long as something is in it.</summary>
    bool TryRemove();
}
