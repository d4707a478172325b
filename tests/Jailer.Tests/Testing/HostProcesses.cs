using System.Globalization;

namespace Smcp.Jailer.Testing;

/// <summary>What the host's kernel says of processes.</summary>
internal static class HostProcesses
{
    /// <summary>Zombies among them.</summary>
    public static IReadOnlyList<int> ChildrenOf(int process) =>
    [
        .. Directory.GetDirectories($"/proc/{process}/task")
            .SelectMany(task => File.ReadAllText(Path.Combine(task, "children"))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
    ];

    public static string UserOf(int process) => File.ReadLines($"/proc/{process}/status")
        .Single(line => line.StartsWith("Uid:", StringComparison.Ordinal))
        .Split('\t')[1];

    public static int DescriptorsOf(int process) => Directory.GetFiles($"/proc/{process}/fd").Length;

    /// <summary>The folders of cgroups that a jailer made.</summary>
    public static IReadOnlyList<string> CgroupsOf(int process) =>
    [
        .. Directory.EnumerateDirectories("/sys/fs/cgroup", $"{process}-*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
        }),
    ];
}
