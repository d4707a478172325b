namespace Smcp.Jailer.Orders;

/// <summary>Where in a jail something may be mounted.</summary>
public static class JailPlaces
{
    /// <summary>Characters that a path may have.</summary>
    public const int PathLengthMax = 1_024;

    /// <summary>Parts of a jail that are made alike for all.</summary>
    private static readonly string[] Reserved =
        ["/proc", "/dev", "/sys", "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/tmp"];

    /// <summary>Whether it is an absolute path where a jail has nothing of its own.</summary>
    public static bool IsFree(string target) =>
        IsPath(target) && target.Length > 1
        && !Reserved.Any(own => IsWithin(target, own));

    /// <summary>Whether a path is that of a folder, or of something in it.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>An absolute path in its shortest form.</summary>
    internal static bool IsPath(string path) =>
        path.Length is > 0 and <= PathLengthMax && path[0] == '/' && !path.Contains('\0', StringComparison.Ordinal)
        && (path.Length == 1 || path.Split('/').Skip(1).All(part => part is not ("" or "." or "..")));
}
