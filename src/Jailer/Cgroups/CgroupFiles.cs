using System.Globalization;

namespace Smcp.Jailer.Cgroups;

/// <summary>Reads and writes the files of cgroups.</summary>
internal static class CgroupFiles
{
    /// <summary>The period over which processor time is counted, in microseconds: the kernel's own default.</summary>
    public const int CpuPeriod = 100_000;

    /// <summary>The folder of all jails' cgroups.</summary>
    public const string Folder = "smcp-jails";

    private const string Members = "cgroup.procs";

    public static void Write(string folder, string file, long value) =>
        Write(folder, file, value.ToString(CultureInfo.InvariantCulture));

    public static void Write(string folder, string file, string value) =>
        File.WriteAllText(Path.Combine(folder, file), value);

    public static void WriteIfThere(string folder, string file, string value)
    {
        if (File.Exists(Path.Combine(folder, file)))
        {
            Write(folder, file, value);
        }
    }

    public static void Add(string folder, int process) => Write(folder, Members, process);

    public static long Read(string folder, string file) =>
        long.TryParse(File.ReadAllText(Path.Combine(folder, file)), CultureInfo.InvariantCulture, out var value)
            ? value
            : 0;

    /// <summary>The number behind a word in a file of lines <c>word number</c>; 0 where it is not.</summary>
    public static long ReadWord(string folder, string file, string word) =>
        File.ReadLines(Path.Combine(folder, file))
            .Select(line => line.Split(' '))
            .Where(parts => parts.Length == 2 && parts[0] == word)
            .Select(parts => long.Parse(parts[1], CultureInfo.InvariantCulture))
            .FirstOrDefault();

    /// <summary>
    /// The folder where this process may make cgroups; beneath its own, so that whatever bounds it bounds them too.
    /// What an earlier jailer left there, and is empty, is removed.
    /// </summary>
    public static string Prepare(string parent)
    {
        var folder = Path.Combine(parent, Folder);
        Directory.CreateDirectory(folder);
        foreach (var left in Directory.GetDirectories(folder).Where(IsLeft))
        {
            TryRemove(left);
        }

        // That the folder is there says nothing: another user's jailer may have made it.
        var probe = Path.Combine(folder, $"{Environment.ProcessId}-0");
        Directory.CreateDirectory(probe);
        TryRemove(probe);

        return folder;
    }

    /// <summary>Removes a cgroup, whose files are the kernel's; false as long as something is in it.</summary>
    public static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Names of jails begin with their jailer's process id.</summary>
    private static bool IsLeft(string folder) =>
        Path.GetFileName(folder).Split('-') is [var process, _] && !Directory.Exists($"/proc/{process}");
}
