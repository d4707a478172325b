namespace Smcp.EndToEnd.Serving;

/// <summary>
/// Where things are on this machine: the repository, what was built of it, and the programs from outside.
/// </summary>
internal static class Workspace
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>This test project's folder, with the scripts and what npm installed beside them.</summary>
    public static string Scripts { get; } = Path.Combine(Root, "tests", "EndToEnd.Tests");

    /// <summary>The program under test, of the same configuration as these tests.</summary>
    public static string Standalone { get; } = Built("Standalone");

    /// <summary>What puts a failpoint into the program under test: a startup hook.</summary>
    public static string Failpoints { get; } = Built("Failpoints");

    /// <summary>Node 22.19 or newer: as ./test installed it, else the one on the PATH.</summary>
    public static string Node { get; } = Directory.Exists(InstalledNode)
        ? Directory.EnumerateFiles(InstalledNode, "node", SearchOption.AllDirectories).FirstOrDefault() ?? "node"
        : "node";

    public static string? Chromium { get; } = new[]
        {
            "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        }
        .FirstOrDefault(File.Exists);

    /// <summary>Whether the long counts were asked for (./test --full).</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("SMCP_FULL") == "1";

    private static string InstalledNode => Path.Combine(Scripts, "node", "node_modules");

    /// <summary>Whether npm has installed what the lock file in a folder of this project names.</summary>
    public static bool HasPackages(string folder) => Directory.Exists(Path.Combine(Scripts, folder, "node_modules"));

    /// <summary>Why servers in jails cannot be tested here; null where they can.</summary>
    public static string? WhyNoJails(IEnumerable<string> folders) =>
        !OperatingSystem.IsLinux() ? "Jails need Linux."
        : !File.Exists("/usr/bin/bwrap") && Environment.GetEnvironmentVariable("CI") is null
            ? "Needs bubblewrap: ./test installs it where it can (as root), or says how."
        : folders.FirstOrDefault(folder => !HasPackages(folder)) is { } missing
            ? $"tests/EndToEnd.Tests/{missing} has no packages yet: ./test installs them."
            : null;

    /// <summary>A file below a folder's node_modules.</summary>
    public static string Package(string folder, string path) => Path.Combine(Scripts, folder, "node_modules", path);

    /// <summary>What was built in the same configuration as these tests.</summary>
    private static string Built(string project)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\'));
        return Path.Combine(Root, "artifacts", "bin", project, configuration, $"Smcp.{project}.dll");
    }

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
