using System.Diagnostics;
using System.Net.Sockets;
using Smcp.Bench.Peers;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Measures;

/// <summary>How long one change takes to reach every one of many open GET streams, and what a stream costs.</summary>
internal static class StreamDelivery
{
    private static readonly byte[] Notification = "notifications/tools/list_changed"u8.ToArray();

    public static StreamDeliveryRow Measure(MeasuredServer server, Uri url, int streams, int broadcasts)
    {
        var heapBefore = server.CollectedHeapBytes;
        var residentBefore = server.ResidentMiB;
        var opening = Stopwatch.GetTimestamp();
        var sockets = new List<Socket>(streams);
        for (var opened = 0; opened < streams; opened++)
        {
            sockets.Add(OpenStream(url));
        }

        var openedIn = Stopwatch.GetElapsedTime(opening);
        var heap = (server.CollectedHeapBytes - heapBefore) / (double)streams;
        var resident = server.ResidentMiB - residentBefore;
        var trigger = McpRequests.Post(url, McpRequests.Call("test_trigger_tool_change", "{}"), McpSession.Open(url));
        using var caller = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        caller.Connect(McpRequests.EndPointOf(url));
        var took = new List<TimeSpan>();
        for (var broadcast = 0; broadcast < broadcasts; broadcast++)
        {
            var started = Stopwatch.GetTimestamp();
            McpSession.Exchange(caller, trigger);
            AwaitAll(sockets);
            took.Add(Stopwatch.GetElapsedTime(started));
        }

        sockets.ForEach(s => s.Dispose());
        return new StreamDeliveryRow(streams, openedIn, took.Order().ElementAt(took.Count / 2), heap, resident);
    }

    private static Socket OpenStream(Uri url)
    {
        var headers = McpSession.Open(url);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(McpRequests.EndPointOf(url));
        socket.Send(McpRequests.Get(url, headers));
        AwaitText(socket, "\r\n\r\n"u8);
        return socket;
    }

    private static void AwaitAll(List<Socket> sockets)
    {
        foreach (var socket in sockets)
        {
            AwaitText(socket, Notification);
        }
    }

    private static void AwaitText(Socket socket, ReadOnlySpan<byte> text)
    {
        socket.ReceiveTimeout = 30_000;
        var buffer = new byte[8192];
        var filled = 0;
        while (buffer.AsSpan(0, filled).IndexOf(text) < 0)
        {
            var count = socket.Receive(buffer, filled, buffer.Length - filled, SocketFlags.None);
            if (count == 0)
            {
                throw new IOException("A stream ended while an event was awaited.");
            }

            filled += count;
        }
    }
}
