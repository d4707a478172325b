using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Cgroups;

/// <summary>Where a jail's cgroup is made: version 1 or 2 of the kernel's (cgroups(7)).</summary>
internal interface ICgroupTree
{
    /// <summary>Makes the cgroup of a jail, with its bounds.</summary>
    /// <exception cref="IOException">The kernel does not let it be made.</exception>
    ICgroup Create(string name, JailBounds bounds);
}
