using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Smcp.Bench.Processes;

/// <summary>
/// A server as a process of its own, whose CPU time, memory and allocation are read from outside, with those of the
/// processes that it starts.
/// </summary>
internal sealed class MeasuredServer : IDisposable
{
    private static readonly TimeSpan ReadyMax = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly MeasuredServer[] _behind;
    private readonly string _probe = Path.Combine(Path.GetTempPath(), $"smcp-bench-{Guid.NewGuid():N}.sock");

    /// <param name="program">What to run.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="readyText">Stands before the URL in the line that it prints when it is ready.</param>
    /// <param name="behind">Servers that it works by: theirs is what it takes, and they end after it.</param>
    public MeasuredServer(
        string program, IEnumerable<string> arguments, string readyText, params MeasuredServer[] behind)
    {
        _behind = behind;
        StartedAt = Stopwatch.GetTimestamp();
        _process = Start(program, arguments);
        Url = new Uri(ReadUrl(readyText));

        // What it says from here on is of no interest, but must not fill the pipe.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <param name="program">What to run.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="url">Where it listens once it is ready: it says so in words of its own.</param>
    public MeasuredServer(string program, IEnumerable<string> arguments, Uri url)
    {
        _behind = [];
        StartedAt = Stopwatch.GetTimestamp();
        _process = Start(program, arguments);
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        Url = url;
        if (!SpinWait.SpinUntil(Listens, ReadyMax))
        {
            throw new InvalidOperationException($"{program} does not listen at {url}.");
        }
    }

    public Uri Url { get; }

    /// <summary>When the process was started, as a stopwatch's timestamp.</summary>
    public long StartedAt { get; }

    public int ProcessId => _process.Id;

    /// <summary>CPU time of the process and of those that it started, user and system.</summary>
    public TimeSpan Cpu => _behind.Aggregate(ProcessTree.CpuOf(_process.Id), (sum, server) => sum + server.Cpu);

    /// <summary>Resident memory in MiB; of the processes that it started the share that is theirs.</summary>
    public double ResidentMiB
    {
        get
        {
            _process.Refresh();
            return (_process.WorkingSet64 / 1048576.0) + ProcessTree.BelowMiB(_process.Id)
                + _behind.Sum(server => server.ResidentMiB);
        }
    }

    /// <summary>Bytes that the .NET runtime in it has allocated so far; 0 for another runtime.</summary>
    public long AllocatedBytes => Ask('a').Allocated + _behind.Sum(server => server.AllocatedBytes);

    /// <summary>Bytes on its heap after a full collection.</summary>
    public long CollectedHeapBytes => Ask('c').Heap;

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_probe);
        Array.ForEach(_behind, server => server.Dispose());
    }

    private Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["SMCP_BENCH_PROBE"] = _probe;
        start.Environment["DOTNET_STARTUP_HOOKS"] = Workspace.Built("RuntimeProbe", "Smcp.RuntimeProbe.dll");
        start.Environment["DOTNET_gcServer"] = "0";
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
    }

    private bool Listens()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(Url.Host, Url.Port);
            return true;
        }
        catch (SocketException) when (!_process.HasExited)
        {
            return false;
        }
    }

    private string ReadUrl(string readyText)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(readyText, StringComparison.Ordinal))
            {
                return line[readyText.Length..].Split(' ')[0];
            }
        }

        throw new InvalidOperationException("The server ended before it was ready.");
    }

    private (long Allocated, long Heap) Ask(char command)
    {
        if (!File.Exists(_probe))
        {
            return default;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(_probe));
        socket.Send([(byte)command]);
        var buffer = new byte[128];
        var figures = Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer)).Split(' ');
        return (
            long.Parse(figures[0], CultureInfo.InvariantCulture),
            long.Parse(figures[1], CultureInfo.InvariantCulture));
    }
}
