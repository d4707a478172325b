using System.Globalization;

namespace Smcp.Testing;

/// <summary>How busy the machine is with all that runs on it.</summary>
internal static class MachineLoad
{
    /// <summary>The processes that ran or wanted to, on average; 0 where nobody counts them.</summary>
    public static double OfTheLastMinute =>
        File.Exists("/proc/loadavg")
            && double.TryParse(
                File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture, out var load)
            ? load
            : 0;
}
