using System.Globalization;

namespace Smcp.Jailer.Jails;

/// <summary>
/// Measures a process and its descendants by <c>/proc</c>, where there is no cgroup that counts them.
/// </summary>
internal static class ProcessTree
{
    /// <summary>More are not looked at: the bound on processes is far below.</summary>
    private const int ProcessesMax = 10_000;

    private const long MicrosecondsPerTick = 10_000;
    private const int UserTicks = 11;
    private const int SystemTicks = 12;
    private const int ChildUserTicks = 13;
    private const int ChildSystemTicks = 14;
    private const int ResidentPages = 21;

    public static (long CpuMicroseconds, long MemoryBytes) Measure(int process)
    {
        var (ticks, pages) = (0L, 0L);
        foreach (var fields in Walk(process).Select(StatusOf).OfType<string[]>())
        {
            ticks += Number(fields[UserTicks]) + Number(fields[SystemTicks])
                + Number(fields[ChildUserTicks]) + Number(fields[ChildSystemTicks]);
            pages += Number(fields[ResidentPages]);
        }

        return (ticks * MicrosecondsPerTick, pages * Environment.SystemPageSize);
    }

    private static IEnumerable<int> Walk(int first)
    {
        var waiting = new Queue<int>([first]);
        for (var seen = 0; seen < ProcessesMax && waiting.TryDequeue(out var process); seen++)
        {
            yield return process;
            foreach (var child in ChildrenOf(process))
            {
                waiting.Enqueue(child);
            }
        }
    }

    private static IEnumerable<int> ChildrenOf(int process)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{process}/task")
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children"))
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return [];
        }
    }

    /// <summary>The fields of <c>stat</c> behind the name, which may hold anything.</summary>
    private static string[]? StatusOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
