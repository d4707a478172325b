using System.Diagnostics;
using System.Net.Sockets;
using Smcp.Bench.Peers;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Measures;

/// <summary>From the start of the process to its being ready, and to the first answered call of a tool.</summary>
internal static class ColdStart
{
    public static (TimeSpan Ready, TimeSpan Answered) Measure(Func<MeasuredServer> start, Func<Uri, Uri> endpoint)
    {
        using var server = start();
        var ready = Stopwatch.GetElapsedTime(server.StartedAt);
        var url = endpoint(server.Url);
        var headers = url.AbsolutePath == "/mcp" ? [] : McpSession.Open(url);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(McpRequests.EndPointOf(url));
        McpSession.Exchange(
            socket,
            McpRequests.Post(url, McpRequests.Call(ToolCall.Echo.Tool, ToolCall.Echo.Arguments), headers));
        return (ready, Stopwatch.GetElapsedTime(server.StartedAt));
    }
}
