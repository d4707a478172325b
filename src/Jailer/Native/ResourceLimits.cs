using System.Globalization;
using System.Runtime.InteropServices;
using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Native;

/// <summary>
/// The limits that each process of a jail has by itself (prlimit(2)). Beyond its own no process can go.
/// </summary>
internal static class ResourceLimits
{
    private const int Processes = 6;

    /// <summary>A byte: with 0 the kernel still hands a dump to a program of the host (core(5)).</summary>
    private const long NoDump = 1;
    private const long LockedBytes = 64 * 1024;
    private const long Signals = 1_024;

    /// <summary>
    /// As arguments of <c>prlimit</c>, which lowers its own and becomes what it is to start: to lower another user's
    /// takes a capability that even root may not have in a container.
    /// </summary>
    public static IEnumerable<string> Arguments(JailBounds bounds)
    {
        (string Name, int Resource, long Limit)[] limits =
        [
            ("fsize", 1, bounds.FileBytes), ("core", 4, NoDump), ("nofile", 7, bounds.OpenFiles),
            ("memlock", 8, LockedBytes), ("sigpending", 11, Signals), ("msgqueue", 12, 0),
        ];
        return limits.Select(limit => $"--{limit.Name}={Math.Min(limit.Limit, OwnLimit(limit.Resource))}");
    }

    /// <summary>
    /// Bounds the processes of a jail that has no user of its own, once it has a user namespace: in there they are
    /// counted apart from the user's others.
    /// </summary>
    public static void BoundProcesses(int process, JailBounds bounds)
    {
        var limit = Math.Min(bounds.Processes, OwnLimit(Processes));
        Call(process, Processes, limit);
    }

    /// <summary>When the host itself is out of memory, jails are what the kernel kills first (proc(5)).</summary>
    public static void OfferToKernel(int process)
    {
        try
        {
            File.WriteAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/oom_score_adj", "1000");
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's, without root: then the kernel takes the largest.
        }
    }

    private static long OwnLimit(int resource)
    {
        var limit = Call(0, resource, null);
        return limit < 0 ? long.MaxValue : limit;
    }

    /// <summary>Sets both limits, or reads the harder one; no limit is read as -1.</summary>
    private static long Call(int process, int resource, long? limit)
    {
        var number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 261 : 302;
        var memory = Marshal.AllocHGlobal(16);
        try
        {
            Marshal.WriteInt64(memory, limit ?? 0);
            Marshal.WriteInt64(memory, 8, limit ?? 0);
            LibcException.Check(
                (int)Libc.SystemCall(
                    number, process, resource, limit is null ? 0 : memory, limit is null ? memory : 0),
                $"prlimit {process} {resource}");
            return Marshal.ReadInt64(memory, 8);
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }
}
