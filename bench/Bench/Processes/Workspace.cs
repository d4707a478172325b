namespace Smcp.Bench.Processes;

/// <summary>Where the repository and what was built of it stand.</summary>
internal static class Workspace
{
    public static string Root { get; } = FindRoot();

    /// <summary>A program built beside this one.</summary>
    public static string Built(string project, string assembly) =>
        Path.Combine(Root, "artifacts", "bin", project, "release", assembly);

    /// <summary>The cluster's node, where it was built: Orleans' packages do not restore everywhere.</summary>
    public static string ClusterNode { get; } =
        Path.Combine(Root, "artifacts", "cluster", "bin", "Silo", "release", "Smcp.Silo.dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Smcp.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"No Smcp.sln above {AppContext.BaseDirectory}.");
    }
}
