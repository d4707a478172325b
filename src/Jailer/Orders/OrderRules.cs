using System.Text;
using System.Text.RegularExpressions;

namespace Smcp.Jailer.Orders;

/// <summary>
/// What an order must be like before anything is done for it. Who gives orders is not trusted with this host.
/// </summary>
internal static partial class OrderRules
{
    private const int TextsMax = 256;
    private const int TextBytesMax = 128 * 1024;
    private const int MountsMax = 32;
    private const int ScratchMax = 8;
    private const int PortsMax = 16;
    private const int StandardDescriptors = 3;
    private const int DescriptorsMax = 16;
    private const long BytesMax = 1L << 40;

    /// <summary>Ports below are for root, which there is none of in a jail.</summary>
    private const int FirstFreePort = 1_024;

    private static readonly Func<JailOrder, int, string?>[] Rules =
    [
        Name, Program, Variables, Mounts, ScratchFolders, Places, LoopbackPorts, Limits, Descriptors,
    ];

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Problem(JailOrder order, int descriptors) =>
        Rules.Select(rule => rule(order, descriptors)).FirstOrDefault(problem => problem is not null);

    private static string? Name(JailOrder order, int descriptors) =>
        NameForm().IsMatch(order.Name) ? null : "the name is none of a jail";

    private static string? Program(JailOrder order, int descriptors) =>
        order.Executable.Length is 0 or > JailPlaces.PathLengthMax || order.Executable[0] == '-' ? "there is no program"
        : !JailPlaces.IsPath(order.WorkingFolder) ? "the working folder is no absolute path"
        : order.Arguments.Count > TextsMax ? "there are too many arguments"
        : !AreTexts(order.Arguments.Append(order.Executable)) ? "the arguments are too long, or hold a zero byte"
        : null;

    private static string? Variables(JailOrder order, int descriptors) =>
        order.Environment.Count > TextsMax ? "there are too many variables"
        : !order.Environment.Keys.All(name => VariableForm().IsMatch(name)) ? "a variable's name is none"
        : !AreTexts(order.Environment.Values) ? "the variables are too long, or hold a zero byte"
        : null;

    private static string? Mounts(JailOrder order, int descriptors)
    {
        var mounts = order.Folders.Concat(order.Sockets).ToList();
        return mounts.Count > MountsMax ? "there are too many folders and sockets"
            : !mounts.All(mount => JailPlaces.IsPath(mount.Source)) ? "a folder or socket is no absolute path"
            : !mounts.All(mount => JailPlaces.IsFree(mount.Target))
                ? "a folder or socket would be where something else is"
            : null;
    }

    private static string? ScratchFolders(JailOrder order, int descriptors) =>
        order.Scratch.Count > ScratchMax ? "there are too many folders to write to"
        : !order.Scratch.All(scratch => JailPlaces.IsFree(scratch.Target))
            ? "a folder to write to would be where another thing is"
        : !order.Scratch.All(scratch => scratch.BytesMax is > 0 and <= BytesMax) ? "a folder to write to has no size"
        : null;

    /// <summary>
    /// Each has a place of its own. Bubblewrap makes the way to a place while the host still stands beside it, and
    /// follows the links of what is mounted already: one in a tenant's image would lead it out.
    /// </summary>
    private static string? Places(JailOrder order, int descriptors)
    {
        var targets = order.Folders.Concat(order.Sockets).Select(mount => mount.Target)
            .Concat(order.Scratch.Select(scratch => scratch.Target))
            .ToList();
        return targets.Index().Any(one => targets.Index().Any(
            other => one.Index != other.Index && JailPlaces.IsWithin(one.Item, other.Item)))
            ? "a folder or socket would be within another"
            : null;
    }

    private static string? LoopbackPorts(JailOrder order, int descriptors) =>
        order.Ports.Count > PortsMax || order.Ports.Distinct().Count() != order.Ports.Count
        || order.Ports.Any(port => port is < FirstFreePort or > 65_535)
            ? "the ports are too many, or none"
            : null;

    private static string? Limits(JailOrder order, int descriptors) => order.Bounds switch
    {
        { MemoryBytes: < 1 << 20 or > BytesMax } => "the memory is not bounded",
        { CpuPercent: < 1 or > 100_000 } => "the processor time is not bounded",
        { Processes: < 2 or > 100_000 } => "the processes are not bounded",
        { OpenFiles: < 16 or > 1_000_000 } => "the open files are not bounded",
        { FileBytes: < 0 or > BytesMax } => "the size of files is not bounded",
        { TemporaryBytes: < 4_096 or > BytesMax } => "the temporary files are not bounded",
        { LifeSeconds: < 0 } => "the time of its life is none",
        _ => null,
    };

    private static string? Descriptors(JailOrder order, int descriptors) =>
        descriptors is < StandardDescriptors or > DescriptorsMax ? "it needs standard input, output and error" : null;

    private static bool AreTexts(IEnumerable<string> texts)
    {
        var bytes = 0;
        foreach (var text in texts)
        {
            bytes += Encoding.UTF8.GetByteCount(text) + 1;
            if (bytes > TextBytesMax || text.Contains('\0', StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex("^[A-Za-z0-9._/-]{1,200}$")]
    private static partial Regex NameForm();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,127}$")]
    private static partial Regex VariableForm();
}
