using System.Globalization;

namespace Smcp.Testing;

/// <summary>What runs on this machine, jails included: they are hidden from nobody outside.</summary>
internal static class RunningProcesses
{
    /// <summary>For each process with this argument, the processes that it descends from.</summary>
    public static IEnumerable<IReadOnlySet<int>> AncestorsOf(string argument) =>
        from folder in Directory.EnumerateDirectories("/proc")
        where int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        where Read($"{folder}/cmdline").Split('\0').Contains(argument)
        select Ancestors(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));

    private static HashSet<int> Ancestors(int process)
    {
        var found = new HashSet<int>();
        for (var at = ParentOf(process); at > 0 && found.Add(at); at = ParentOf(at))
        {
        }

        return found;
    }

    /// <summary>After the name, which may hold anything: the state, then the parent (proc_pid_stat(5)).</summary>
    private static int ParentOf(int process)
    {
        var status = Read($"/proc/{process}/stat");
        var fields = status[(status.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Empty where the process is gone.</summary>
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
