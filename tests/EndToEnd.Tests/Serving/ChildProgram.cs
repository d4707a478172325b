using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Smcp.EndToEnd.Serving;

/// <summary>
/// A child process whose lines can be awaited. It is killed, with its children, when it is disposed of.
/// </summary>
internal sealed class ChildProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private ChildProgram(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Collect(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Collect(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static ChildProgram Start(
        string program, IEnumerable<string> arguments, IDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ChildProgram(start);
    }

    /// <summary>Runs a program to its end; past the deadline it is killed and that is an error.</summary>
    public static async Task<ProgramRun> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IDictionary<string, string>? environment = null,
        TimeSpan? deadline = null)
    {
        await using var child = Start(program, arguments, environment);
        child._process.StandardInput.Close();
        return await child.WaitAsync(deadline ?? TimeSpan.FromMinutes(3));
    }

    /// <summary>The first line of output, from here on, that has the text.</summary>
    public async Task<string> WaitForLineAsync(string text, TimeSpan deadline)
    {
        using var late = new CancellationTokenSource(deadline, TimeProvider.System);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(late.Token))
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No line with '{text}' within {deadline}.\n{Said()}");
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        throw new InvalidOperationException($"The program ended before a line with '{text}'.\n{Said()}");
    }

    public async Task<ProgramRun> WaitAsync(TimeSpan deadline)
    {
        using var late = new CancellationTokenSource(deadline, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The program did not end within {deadline}.\n{Said()}");
        }

        lock (_output)
        {
            return new ProgramRun(_process.ExitCode, _output.ToString(), _errors.ToString());
        }
    }

    /// <summary>What Ctrl-C sends.</summary>
    public Task InterruptAsync() =>
        RunAsync("kill", ["-INT", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

    /// <summary>SIGKILL: no line of the program's own runs after it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private string Said()
    {
        lock (_output)
        {
            return $"--- output\n{_output}\n--- errors\n{_errors}";
        }
    }

    private void Collect(StringBuilder into, string? line)
    {
        if (line is null)
        {
            if (into == _output)
            {
                _lines.Writer.TryComplete();
            }

            return;
        }

        lock (_output)
        {
            into.AppendLine(line);
        }

        if (into == _output)
        {
            _lines.Writer.TryWrite(line);
        }
    }
}
