using Smcp.Jailer.Native;

namespace Smcp.Jailer.Launching;

/// <summary>
/// Finds what a path of an order really is, and whether it may be given away: it must be beneath a root once all links
/// are followed. What is given is the very thing that was looked at.
/// </summary>
internal sealed class GivenPaths(IReadOnlyList<string> roots)
{
    public const int PathOnly = 0x200000;
    public const int ClosedOnExec = 0x80000;

    /// <summary>The thing, open as a path, and where it is.</summary>
    /// <exception cref="JailRefusedException">It is not there, or may not be given away.</exception>
    public (Descriptor Thing, string Path) Open(string path)
    {
        var number = Libc.Open(path, PathOnly | ClosedOnExec);
        if (number < 0)
        {
            throw new JailRefusedException($"{path} is not there");
        }

        var thing = new Descriptor(number);
        var real = File.ResolveLinkTarget($"/proc/self/fd/{number}", returnFinalTarget: false)?.FullName;
        if (real is null || !roots.Select(RealPath).Any(root => IsBeneath(real, root)))
        {
            using (thing)
            {
                throw new JailRefusedException($"{path} is not beneath a folder that the jailer may give away");
            }
        }

        return (thing, real);
    }

    /// <summary>A folder as it is now, once links are followed; null where it is not there (yet).</summary>
    public static string? RealPath(string root)
    {
        var number = Libc.Open(root, PathOnly | ClosedOnExec);
        if (number < 0)
        {
            return null;
        }

        using var opened = new Descriptor(number);
        return File.ResolveLinkTarget($"/proc/self/fd/{number}", returnFinalTarget: false)?.FullName;
    }

    private static bool IsBeneath(string path, string? root) => root is not null
        && path.StartsWith(root, StringComparison.Ordinal)
        && (path.Length == root.Length || root.EndsWith('/') || path[root.Length] == '/');
}
