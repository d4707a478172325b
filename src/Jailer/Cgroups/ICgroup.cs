namespace Smcp.Jailer.Cgroups;

/// <summary>One jail's cgroup.</summary>
internal interface ICgroup
{
    /// <summary>Takes a process in; its children to come are in it too.</summary>
    void Add(int process);

    /// <summary>The same, of a process that may have ended; false where it has.</summary>
    bool TryAdd(int process)
    {
        try
        {
            Add(process);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Bounds the processor time from now on.</summary>
    void BoundCpu(int percent);

    /// <summary>Processor time in microseconds since it was made, and memory in bytes.</summary>
    (long CpuMicroseconds, long MemoryBytes) Measure();

    /// <summary>Whether the kernel killed something in it for its memory.</summary>
    bool WasOutOfMemory();

    /// <summary>Kills what is in it.</summary>
    void Kill();

    /// <summary>Removes it; false as long as something is in it.</summary>
    bool TryRemove();
}
