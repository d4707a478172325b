using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Runner = System.Diagnostics.Process;

namespace Smcp.Runtimes.Jails;

/// <summary>
/// The jailer: the service's, or one that this process starts when the first jail is wanted, and that ends with it. It
/// can do no more than this process's user, and is given none of this process's environment.
/// </summary>
internal sealed partial class JailerProcess(
    IEnumerable<IJailableFolders> folders,
    JailFolder folder,
    IOptions<JailOptions> options,
    TimeProvider time,
    ILogger<JailerProcess> logger) : IAsyncDisposable
{
    private const string SocketName = "jailer.sock";
    private const string Program = "Smcp.Jailer";
    private const string Muxer = "dotnet";

    private static readonly string[] Passed =
        ["PATH", "HOME", "TMPDIR", "LANG", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64"];

    private readonly SemaphoreSlim _starting = new(1, 1);
    private Runner? _process;

    /// <summary>The process that this one started; null when it started none.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>The path of its socket; it is started if it does not run.</summary>
    /// <exception cref="JailUnavailableException">It does not start.</exception>
    public async Task<string> SocketAsync(CancellationToken cancellationToken)
    {
        if (options.Value.JailerSocket is { } service)
        {
            return service;
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new JailUnavailableException("Jails need Linux: programs of others run on no other system.");
        }

        await _starting.WaitAsync(cancellationToken);
        try
        {
            var path = Path.Combine(folder.Path, SocketName);
            if (_process is not { HasExited: false })
            {
                _process?.Dispose();
                _process = await StartAsync(path, cancellationToken);
            }

            return path;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            using (process)
            {
                // The end of its input is its end, and the end of every jail.
                process.StandardInput.Close();
                await process.WaitForExitAsync();
            }
        }

        _starting.Dispose();
    }

    private async Task<Runner> StartAsync(string socket, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var process = Runner.Start(Line(socket))!;
        try
        {
            if (await process.StandardOutput.ReadLineAsync(either.Token) is null)
            {
                throw new JailUnavailableException($"{Program} ended at its start.");
            }

            LogStarted(process.Id);
            return process;
        }
        catch (Exception exception)
        {
            process.Kill();
            process.Dispose();
            throw exception is OperationCanceledException && timeout.IsCancellationRequested
                ? new JailUnavailableException($"{Program} did not start in time.")
                : exception;
        }
    }

    private ProcessStartInfo Line(string socket)
    {
        var own = Environment.ProcessPath!;
        var beside = Path.Combine(AppContext.BaseDirectory, Program);
        var byMuxer = Path.GetFileNameWithoutExtension(own) == Muxer;
        var line = new ProcessStartInfo(byMuxer ? own : beside)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (byMuxer)
        {
            line.ArgumentList.Add("exec");
            line.ArgumentList.Add(beside + ".dll");
        }

        foreach (var argument in Arguments(socket))
        {
            line.ArgumentList.Add(argument);
        }

        var environment = Passed
            .Select(name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable(name)))
            .Where(pair => pair.Value is not null)
            .ToList();
        line.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            line.Environment[name] = value;
        }

        return line;
    }

    private IEnumerable<string> Arguments(string socket) =>
    [
        "--with-parent", "--socket", socket, "--jails",
        options.Value.JailsMax.ToString(CultureInfo.InvariantCulture),
        "--cpu-weight", options.Value.CpuWeight.ToString(CultureInfo.InvariantCulture),
        .. folders.SelectMany(some => some.Folders).Concat(options.Value.Folders)
            .SelectMany(root => new[] { "--root", Path.GetFullPath(root) }),
    ];
}
