using System.Net.Sockets;
using Smcp.Bench.Load;

namespace Smcp.Bench.Peers;

/// <summary>Opens a session as a client does, and says which headers its requests carry from then on.</summary>
internal static class McpSession
{
    public static (string Name, string Value)[] Open(Uri url, params (string Name, string Value)[] credential)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(McpRequests.EndPointOf(url));
        var answer = Exchange(socket, McpRequests.Post(url, McpRequests.Initialize, credential));
        var id = answer.Header("Mcp-Session-Id")
            ?? throw new InvalidOperationException($"No session id in:\n{answer.Text}");
        (string, string)[] headers = [("Mcp-Session-Id", id), ("MCP-Protocol-Version", "2025-11-25"), .. credential];
        Exchange(socket, McpRequests.Post(url, McpRequests.Initialized, headers));
        return headers;
    }

    /// <summary>Sends one request and reads its whole answer.</summary>
    public static HttpAnswer Exchange(Socket socket, byte[] request)
    {
        var answer = new HttpAnswer();
        socket.Send(request);
        while (true)
        {
            var count = socket.Receive(answer.Free);
            if (count == 0)
            {
                throw new IOException($"The server closed the connection after:\n{answer.Text}");
            }

            if (answer.Add(count))
            {
                return answer;
            }
        }
    }
}
