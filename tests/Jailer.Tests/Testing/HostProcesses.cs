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

    /// <summary>Waits for the last steps of jails whose clients left: nobody is told of their end.</summary>
    public static async Task NoChildOfAsync(int process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (ChildrenOf(process).Count > 0)
        {
            await looks.WaitForNextTickAsync(patience.Token);
        }
    }

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
