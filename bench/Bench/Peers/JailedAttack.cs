using System.Diagnostics;
using System.Net.Sockets;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Peers;

/// <summary>Programs of a tenant that attack the machine: in its jails, or beside them without any bound.</summary>
internal sealed class JailedAttack(Uri endpoint, string key, int programs)
{
    public const string Server = "attack";

    private const string Settings =
        """{"runtime":"process","scope":"session","manifest":"live","process":{"command":"./attack.pl"}}""";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static string Script { get; } = Path.Combine(Workspace.Root, "bench", "peers", "attacks", "attack.pl");

    public static byte[] Bundled() => Bundle.Of(Settings, ("attack.pl", File.ReadAllText(Script)));

    /// <summary>Measures while each program attacks from its jail, and begins anew when it was ended.</summary>
    public async Task<double> JailedAsync(string tool, Func<double> measure)
    {
        using var over = new CancellationTokenSource();
        var attacks = Enumerable.Range(0, programs)
            .Select(_ => Task.Run(() => AttackAsync(tool, over.Token))).ToList();
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var measured = measure();
        await over.CancelAsync();
        await Task.WhenAll(attacks);
        return measured;
    }

    /// <summary>Measures while as many attack without a jail.</summary>
    public double Free(string tool, Func<double> measure)
    {
        var attacks = Enumerable.Range(0, programs)
            .Select(_ => Process.Start(new ProcessStartInfo("setsid", [Script, tool])
            {
                RedirectStandardOutput = true,
            })!)
            .ToList();
        try
        {
            attacks.ForEach(attack => _ = attack.StandardOutput.BaseStream.CopyToAsync(Stream.Null));
            return measure();
        }
        finally
        {
            foreach (var attack in attacks)
            {
                Process.Start("kill", ["-KILL", "--", $"-{attack.Id}"]).WaitForExit();
                attack.Kill(entireProcessTree: true);
                attack.Dispose();
            }
        }
    }

    private async Task AttackAsync(string tool, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var session = McpSession.Open(endpoint, McpRequests.Bearer(key));
                Send(McpRequests.Post(endpoint, McpRequests.Call(tool, "{}"), session));
                while (!cancellationToken.IsCancellationRequested
                    && !Send(McpRequests.Post(endpoint, McpRequests.Call("none", "{}"), session)).Contains("error"))
                {
                    await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
                }

                Send(McpRequests.Delete(endpoint, session));
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException
                or SocketException)
            {
                // It was ended, and is let begin again later: what an attacker finds too.
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
        }
    }

    /// <summary>What was answered first; an attacker waits for no more.</summary>
    private string Send(byte[] request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 500 };
        socket.Connect(McpRequests.EndPointOf(endpoint));
        socket.Send(request);
        var buffer = new byte[4_096];
        try
        {
            return System.Text.Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.TimedOut)
        {
            return string.Empty;
        }
    }
}
