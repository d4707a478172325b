using System.Globalization;
using Smcp.Jailer.Native;

namespace Smcp.Jailer.Cgroups;

/// <summary>Reads and writes the files of cgroups.</summary>
internal static class CgroupFiles
{
    /// <summary>The period over which processor time is counted, in microseconds: the kernel's own default.</summary>
    public const int CpuPeriod = 100_000;

    /// <summary>The folder of all jails' cgroups.</summary>
    public const string Folder = "smcp-jails";

    /// <summary>Processes of each jail's group that are none of its own: bubblewrap, which looks on.</summary>
    public const int Monitors = 1;

    private const string Members = "cgroup.procs";

    /// <summary>Where version 2 has a weight of 100, version 1 has 1,024 shares, and never fewer than 2.</summary>
    private const int SharesOfHundred = 1_024;

    private static readonly TimeSpan ClearingTime = TimeSpan.FromSeconds(2);

    /// <summary>A weight of version 2 as version 1 says it.</summary>
    public static long SharesOf(int weight) => Math.Max(2, weight * SharesOfHundred / 100);

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

    /// <summary>
    /// Kills what is in a group: at once, where the kernel has a way to (version 2), or one by one. It leaves a group
    /// alone that has processes of another process namespace (their number is 0 here): those have a jailer there.
    /// </summary>
    public static void Kill(string folder)
    {
        try
        {
            var processes = File.ReadLines(Path.Combine(folder, Members))
                .Select(line => int.Parse(line, CultureInfo.InvariantCulture))
                .ToList();
            if (processes.Contains(0))
            {
                return;
            }

            WriteIfThere(folder, "cgroup.kill", "1");
            processes.ForEach(process => _ = Libc.Kill(process, Libc.KillSignal));
        }
        catch (IOException)
        {
            // The group is gone, and all that was in it.
        }
    }

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
    /// What an earlier jailer left there is killed and removed.
    /// </summary>
    public static string Prepare(string parent)
    {
        var folder = Path.Combine(parent, Folder);
        Directory.CreateDirectory(folder);
        foreach (var left in Directory.GetDirectories(folder).Where(IsLeft))
        {
            Clear(left);
        }

        // That the folder is there says nothing: another user's jailer may have made it.
        var probe = Path.Combine(folder, $"{JailerMark.Own}-0");
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

    /// <summary>What forks faster than it is killed is killed again; the dead are counted out a moment later.</summary>
    private static void Clear(string folder) => SpinWait.SpinUntil(
        () =>
        {
            Kill(folder);
            return TryRemove(folder);
        },
        ClearingTime);

    /// <summary>Names of jails begin with their jailer's mark.</summary>
    private static bool IsLeft(string folder) =>
        Path.GetFileName(folder).Split('-') is [var process, var start, _]
        && int.TryParse(process, CultureInfo.InvariantCulture, out var number)
        && JailerMark.Of(number) != $"{process}-{start}";
}
