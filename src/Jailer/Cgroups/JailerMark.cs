using System.Globalization;

namespace Smcp.Jailer.Cgroups;

/// <summary>
/// Tells jailers of one host apart, in the names of their jails: by the process and when it started, since a container
/// gives each jailer the same number.
/// </summary>
internal static class JailerMark
{
    private const int FieldsBehindName = 20;

    /// <summary>This process's.</summary>
    public static string Own { get; } = Of(Environment.ProcessId)!;

    /// <summary>That of a process; null where there is none with the number.</summary>
    public static string? Of(int process)
    {
        try
        {
            // The name stands in brackets and may hold any character; the start is the field 22 of all (proc(5)).
            var text = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return string.Create(CultureInfo.InvariantCulture, $"{process}-{fields[FieldsBehindName - 1]}");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
