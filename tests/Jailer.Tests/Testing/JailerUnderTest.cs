using System.Diagnostics;
using System.Net.Sockets;
using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Testing;

/// <summary>The jailer as a real process, for one user: this one, or nobody (where this one is root).</summary>
public sealed class JailerUnderTest : IAsyncDisposable
{
    /// <summary>In the jailer's environment; no jail may see it.</summary>
    public const string Canary = "can4ry";

    private readonly Process _process;

    private JailerUnderTest(Process process, string folder)
    {
        _process = process;
        Folder = folder;
    }

    /// <summary>The folder of its socket; what is beneath it may be given to jails.</summary>
    public string Folder { get; }

    public int ProcessId => _process.Id;

    /// <param name="asNobody">Whether to run it without root, though this process is root.</param>
    /// <param name="arguments">More of its command line.</param>
    public static async Task<JailerUnderTest> StartAsync(bool asNobody = false, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("smcp-jailer-").FullName;
        var program = Path.Combine(AppContext.BaseDirectory, "Smcp.Jailer.dll");
        string[] jailer =
        [
            Environment.ProcessPath!, "exec", program, "--with-parent", "--socket", Path.Combine(folder, "s"),
            "--root", folder, "--client", "0", .. arguments,
        ];
        string[] command = asNobody
            ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--", .. jailer]
            : [.. jailer];
        if (asNobody)
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        }

        var line = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        line.Environment["HOME"] = folder;
        line.Environment["CANARY"] = Canary;
        var process = Process.Start(line)!;
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        return new JailerUnderTest(process, folder);
    }

    public async Task<JailReply> ProbeAsync()
    {
        using var channel = await ConnectAsync();
        await channel.SendAsync(
            new JailRequest(JailRequestKind.Probe), OrderJson.Default.JailRequest, [], default);
        return (await channel.ReceiveAsync(OrderJson.Default.JailReply, default))!.Value.Message;
    }

    public async Task<JailChannel> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(Folder, "s")));
        return new JailChannel(socket);
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task CrashAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts a jail.</summary>
    public async Task<Prisoner> StartAsync(JailOrder order) => await Prisoner.StartAsync(await ConnectAsync(), order);

    /// <summary>Runs a program of the shell to its end.</summary>
    public async Task<JailRun> RunAsync(string script, JailBounds? bounds = null) =>
        await RunAsync(Orders.Shell(script, bounds));

    public async Task<JailRun> RunAsync(JailOrder order)
    {
        await using var prisoner = await StartAsync(order);
        return await prisoner.RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
