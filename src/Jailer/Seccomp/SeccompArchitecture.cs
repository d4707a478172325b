namespace Smcp.Jailer.Seccomp;

/// <summary>The architectures that a filter is made for.</summary>
internal enum SeccompArchitecture
{
    X64 = 0,
    Arm64 = 1,
}
