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

    /// <summary>How many times as long all takes on a machine that is busy with other things, else 1.</summary>
    public static double Crowding => Math.Max(1, OfTheLastMinute / (4 * Environment.ProcessorCount));

    public static bool IsCrowded => Crowding > 1;
}
