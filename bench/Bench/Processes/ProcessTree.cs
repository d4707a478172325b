using System.Globalization;

namespace Smcp.Bench.Processes;

/// <summary>
/// A process and all that it started, and they: what they took of the processors, and their memory with what they share
/// with others counted in parts (the kernel's PSS).
/// </summary>
internal static class ProcessTree
{
    private const double TicksPerSecond = 100;

    public static TimeSpan CpuOf(int process)
    {
        var all = Stats();
        return TimeSpan.FromSeconds(
            Below(process, all).Append(process).Sum(id => all.TryGetValue(id, out var stat) ? stat.Ticks : 0)
            / TicksPerSecond);
    }

    /// <summary>MiB of what a process started.</summary>
    public static double BelowMiB(int process) => Below(process, Stats()).Sum(PssMiB);

    /// <summary>Processes below one that run this program.</summary>
    public static IReadOnlyList<int> Running(int process, string name)
    {
        var all = Stats();
        return [.. Below(process, all).Where(id => all[id].Name == name)];
    }

    public static double PssMiB(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/smaps_rollup")
                .First(l => l.StartsWith("Pss:", StringComparison.Ordinal));
            return double.Parse(line[4..^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or InvalidOperationException)
        {
            // It ended meanwhile.
            return 0;
        }
    }

    private static HashSet<int> Below(int process, Dictionary<int, (string Name, int Parent, long Ticks)> all)
    {
        var children = all.ToLookup(pair => pair.Value.Parent, pair => pair.Key);
        var found = new HashSet<int>();
        var open = new Queue<int>([process]);
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent].Where(found.Add))
            {
                open.Enqueue(child);
            }
        }

        return found;
    }

    private static Dictionary<int, (string Name, int Parent, long Ticks)> Stats()
    {
        var stats = new Dictionary<int, (string, int, long)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && Read($"{folder}/stat") is { } text)
            {
                // The name stands in parentheses, and may hold some itself.
                var rest = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                var name = text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..text.LastIndexOf(')')];
                stats[id] = (name, Number(rest[1]), Number(rest[11]) + Number(rest[12]));
            }
        }

        return stats;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
