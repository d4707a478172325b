namespace Smcp.Jailer.Seccomp;

/// <summary>A system call by its numbers; -1 where the architecture has it not.</summary>
internal readonly record struct SystemCall(string Name, int X64, int Arm64)
{
    /// <summary>A call with the same number everywhere, as all have that came since 2019.</summary>
    public SystemCall(string name, int number)
        : this(name, number, number)
    {
    }

    public int On(SeccompArchitecture architecture) =>
        architecture == SeccompArchitecture.X64 ? X64 : Arm64;
}
