using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Smcp.Threats;

/// <summary>
/// A place of this host, at every one of its addresses: counts who connects, and answers. It tells whether anything got
/// there.
/// </summary>
internal sealed class Outside : IAsyncDisposable
{
    /// <summary>Who asks for this path is sent <see cref="BigBytes"/>.</summary>
    public const string Big = "/big";

    public const int BigBytes = 4_000_000;

    private static readonly byte[] Answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray();

    private readonly TcpListener _listener = TcpListener.Create(0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private int _accepted;
    private int _own;

    public Outside()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connected until now: the test's own comes behind them all, and is not counted.</summary>
    public async Task<int> SeenAsync()
    {
        using var own = new TcpClient();
        await own.ConnectAsync(IPAddress.Loopback, Port);
        await own.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await own.GetStream().CopyToAsync(Stream.Null);
        return Volatile.Read(ref _accepted) - ++_own;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _accepted);
                _ = ServeAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var buffer = new byte[4_096];
                var read = await client.GetStream().ReadAsync(buffer, _end.Token);
                var asked = Encoding.Latin1.GetString(buffer, 0, read);
                await client.GetStream().WriteAsync(
                    asked.Contains(Big, StringComparison.Ordinal) ? new byte[BigBytes] : Answer, _end.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Whoever connected went away.
        }
    }
}
