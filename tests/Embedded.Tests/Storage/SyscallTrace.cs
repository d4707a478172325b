using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Smcp.Storage;

/// <summary>Reads what <c>strace -f -y -xx</c> wrote: the calls that change files below one folder.</summary>
internal sealed partial class SyscallTrace(string folder)
{
    /// <summary>
    /// The calls to be traced. One that is missing here would make the simulated disk differ from the real.
    /// </summary>
    public const string Calls =
        "openat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fallocate,copy_file_range,sendfile,"
        + "fsync,fdatasync,sync_file_range,rename,renameat,renameat2,link,linkat,unlink,unlinkat";

    private readonly List<TraceEvent> _events = [];
    private readonly Dictionary<string, (string Text, int At)> _unfinished = [];

    public static IReadOnlyList<TraceEvent> Read(string file, string folder)
    {
        var trace = new SyscallTrace(folder);
        foreach (var line in File.ReadLines(file))
        {
            trace.Add(line);
        }

        return trace._events;
    }

    private void Add(string line)
    {
        var space = line.IndexOf(' ');
        var thread = line[..space];
        var text = line[space..].TrimStart();
        var beganAt = _events.Count;
        if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
        {
            _unfinished[thread] = (text[..^"<unfinished ...>".Length].TrimEnd(), beganAt);
            return;
        }

        if (Resumed().Match(text) is { Success: true } resumed && _unfinished.Remove(thread, out var begun))
        {
            beganAt = begun.At;
            text = begun.Text + text[resumed.Length..];
        }

        if (Call().Match(text) is { Success: true } call && call.Groups["result"].ValueSpan[0] != '-')
        {
            Add(call.Groups["name"].Value, call.Groups["arguments"].Value, call.Groups["result"].Value, beganAt);
        }
    }

    private void Add(string name, string arguments, string result, int beganAt)
    {
        var at = _events.Count;
        var path = Described().Match(arguments) is { Success: true } found ? Text(found.Groups["path"].Value) : "";
        if (name == "write" && arguments.StartsWith("1<", StringComparison.Ordinal))
        {
            _events.Add(new TraceEvent.Say(at, Encoding.ASCII.GetString(Payload(arguments, result))));
            return;
        }

        if (name is "openat" or "unlink" or "unlinkat")
        {
            path = Text(Quoted().Match(arguments).Groups["text"].Value);
        }

        if (!path.StartsWith(folder, StringComparison.Ordinal) || path.EndsWith("-shm", StringComparison.Ordinal))
        {
            // The index of the write-ahead log is shared memory: it is made anew when the database is opened.
            return;
        }

        switch (name)
        {
            case "openat" when arguments.Contains("O_CREAT", StringComparison.Ordinal):
                _events.Add(new TraceEvent.Create(at, path));
                break;
            case "openat":
                break;
            case "unlink":
                _events.Add(new TraceEvent.Unlink(at, path));
                break;
            case "pwrite64":
                _events.Add(new TraceEvent.Write(at, path, LastNumber(arguments), Payload(arguments, result)));
                break;
            case "ftruncate":
                _events.Add(new TraceEvent.Truncate(at, path, LastNumber(arguments)));
                break;
            case "fsync" or "fdatasync":
                _events.Add(new TraceEvent.Sync(at, beganAt, path));
                break;
            default:
                throw new NotSupportedException($"The trace has a call that the simulated disk lacks: {name}.");
        }
    }

    private static long LastNumber(string arguments) =>
        long.Parse(arguments[(arguments.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);

    private static byte[] Payload(string arguments, string result) =>
        Bytes(Quoted().Match(arguments).Groups["text"].Value)[..int.Parse(result, CultureInfo.InvariantCulture)];

    private static string Text(string escaped) => Encoding.UTF8.GetString(Bytes(escaped));

    /// <summary>Reads <c>\x2f\x74</c>.</summary>
    private static byte[] Bytes(string escaped) =>
        Convert.FromHexString(escaped.Replace("\\x", string.Empty, StringComparison.Ordinal));

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<name>\w+)\((?<arguments>.*)\)\s+= (?<result>-?\d+)")]
    private static partial Regex Call();

    [GeneratedRegex(@"^\d+<(?<path>[^>]*)>")]
    private static partial Regex Described();

    [GeneratedRegex(@"""(?<text>[^""]*)""")]
    private static partial Regex Quoted();
}
