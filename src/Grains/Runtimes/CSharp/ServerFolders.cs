namespace Smcp.Runtimes.CSharp;

/// <summary>Finds the assemblies of C# servers in the folders that they were built into.</summary>
public static class ServerFolders
{
    private const string Dependencies = ".deps.json";

    /// <summary>The assemblies of the folders in a folder, one each; none where it does not exist.</summary>
    public static IEnumerable<string> AssembliesIn(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Select(AssemblyAt)
            : [];

    /// <summary>An assembly, or that of the output folder of a server's project.</summary>
    /// <exception cref="FileNotFoundException">The folder is no such one.</exception>
    public static string AssemblyAt(string path)
    {
        if (!Directory.Exists(path))
        {
            return path;
        }

        // The assembly of an output folder is the one that a dependency list is named after.
        var lists = Directory.GetFiles(path, "*" + Dependencies);
        return lists is [var only]
            ? only[..^Dependencies.Length] + ".dll"
            : throw new FileNotFoundException(
                $"{path} holds {lists.Length} programs: name the server's assembly itself.", path);
    }
}
