using System.Diagnostics;
using System.Globalization;
using Smcp.Bench.Load;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Peers;

/// <summary>The server over stdio with nothing before it: driven over its pipes, so many calls in flight.</summary>
internal sealed class PipedProgram : ICandidate, ILoad
{
    private readonly Process _process;
    private readonly string _call;
    private readonly string _expected;
    private int _connections;
    private long _lastId;

    public PipedProgram(string name, IEnumerable<string> command, ToolCall call)
    {
        Name = name;
        _expected = call.Expected;
        _call = McpRequests.Call(call.Tool, call.Arguments).ReplaceLineEndings(string.Empty);
        _process = Process.Start(new ProcessStartInfo(command.First(), command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Write(McpRequests.Initialize.ReplaceLineEndings(string.Empty));
        Read();
        Write(McpRequests.Initialized);
    }

    public string Name { get; }

    public TimeSpan Cpu => ProcessTree.CpuOf(_process.Id);

    public long AllocatedBytes => 0;

    public double ResidentMiB => ProcessTree.PssMiB(_process.Id);

    public ILoad Open(int connections)
    {
        _connections = connections;
        return this;
    }

    /// <summary>Answers come in the order of their calls: the server does one thing after the other.</summary>
    public LoadResult Run(TimeSpan duration)
    {
        var latencies = new LatencyHistogram();
        var inFlight = new Queue<long>();
        var started = Stopwatch.GetTimestamp();
        var (bad, firstBad) = (0L, default(string));
        for (var i = 0; i < _connections; i++)
        {
            Send(inFlight);
        }

        while (inFlight.Count > 0)
        {
            var answer = Read();
            latencies.Add(Stopwatch.GetTimestamp() - inFlight.Dequeue());
            if (!answer.Contains(_expected, StringComparison.Ordinal))
            {
                bad++;
                firstBad ??= answer;
            }

            if (Stopwatch.GetElapsedTime(started) < duration)
            {
                Send(inFlight);
            }
        }

        return new LoadResult(
            latencies.Count / Stopwatch.GetElapsedTime(started).TotalSeconds,
            latencies.Percentile(0.5),
            latencies.Percentile(0.99),
            latencies.Count,
            bad,
            firstBad);
    }

    /// <summary>The end of what was opened; the program stays for the next round.</summary>
    public void Dispose()
    {
    }

    /// <summary>Ends the program.</summary>
    public void End()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Send(Queue<long> inFlight)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"\"id\":{++_lastId}");
        inFlight.Enqueue(Stopwatch.GetTimestamp());
        Write(_call.Replace("\"id\":1", id, StringComparison.Ordinal));
    }

    private void Write(string line)
    {
        _process.StandardInput.Write(line + "\n");
        _process.StandardInput.Flush();
    }

    private string Read() =>
        _process.StandardOutput.ReadLine() ?? throw new IOException("The program closed its output.");
}
