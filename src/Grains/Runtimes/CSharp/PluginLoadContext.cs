using System.Reflection;
using System.Runtime.Loader;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// Loads an author's assembly with its own dependencies, and shares with it what the two must agree on: Smcp.Hosting,
/// the SDK, and all
/// that this process has in the version asked for or a later one.
/// </summary>
internal sealed class PluginLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private readonly AssemblyDependencyResolver _dependencies = new(path);

    public static Assembly Load(string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full)
            ? new PluginLoadContext(full).LoadFromAssemblyPath(full)
            : throw new FileNotFoundException($"There is no server assembly at {full}.", full);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsShared(assemblyName))
        {
            return null;
        }

        return _dependencies.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _dependencies.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;

    /// <summary>Whether the host's own copy serves: then its types are the same on both sides.</summary>
    private static bool IsShared(AssemblyName wanted)
    {
        try
        {
            return Default.LoadFromAssemblyName(wanted) is not null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException)
        {
            return false;
        }
    }
}
