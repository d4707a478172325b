using System.Net.Sockets;
using System.Text;

namespace Smcp;

/// <summary>A connection on which a test says exactly the bytes it means.</summary>
internal sealed class RawSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    public static async Task<RawSocket> ConnectAsync(GatewayHost host)
    {
        var raw = new RawSocket();
        await raw._socket.ConnectAsync(host.Address);
        return raw;
    }

    public async Task SendAsync(string text) => await _socket.SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Everything until the server closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var all = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await ReadAsync(buffer);
            if (read == 0)
            {
                return all.ToString();
            }

            all.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
    }

    private async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await _socket.ReceiveAsync(buffer).WaitAsync(Patience, TimeProvider.System);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The server answered and did not want the rest of the request.
            return 0;
        }
    }

    public void Dispose() => _socket.Dispose();
}
