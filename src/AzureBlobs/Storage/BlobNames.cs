using System.Globalization;
using System.Text;

namespace Smcp.Storage;

/// <summary>
/// The names of blobs. Parts stand as hexadecimal digits, with '-' between: so any key is a name, names sort as keys
/// do, and what begins with a prefix is found by it.
/// </summary>
internal static class BlobNames
{
    public const string States = "state/";
    public const string Nodes = "node/";
    public const string Logs = "log/";
    public const string Separator = "-";

    public static string OfState(string kind, StateAddress address) =>
        $"{kind}{Hex(address.GrainType)}-{Hex(address.GrainKey)}-{Hex(address.Name)}";

    public static StateAddress AddressOf(string kind, string name)
    {
        var parts = name[kind.Length..].Split('-');
        return new StateAddress(Text(parts[0]), Text(parts[1]), Text(parts[2]));
    }

    /// <summary>What the names of a log's segments begin with.</summary>
    public static string OfLog(string log) => $"{Logs}{Hex(log)}-";

    public static string LogOf(string prefix) => Text(prefix[Logs.Length..^1]);

    public static string OfSegment(string log, long start) =>
        OfLog(log) + start.ToString("x16", CultureInfo.InvariantCulture);

    public static long StartOf(string segment) =>
        long.Parse(segment[^16..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    private static string Text(string hex) => Encoding.UTF8.GetString(Convert.FromHexString(hex));
}
