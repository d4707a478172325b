using System.Net;
using System.Text;

namespace Smcp.Bench.Peers;

/// <summary>Requests of MCP as bytes on the wire.</summary>
internal static class McpRequests
{
    /// <summary>The echoed text: 100 bytes.</summary>
    public static string Message { get; } = new('x', 100);

    public static string Call(string tool, string arguments) =>
        $$$"""
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}
        """;

    /// <summary>A call as 2026-07-28 has it: the version and the capabilities with each request.</summary>
    public static string CallWithoutSession(string tool, string arguments) =>
        $$$$$"""
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{{{tool}}}}}","arguments":{{{{{arguments}}}}},
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
        "io.modelcontextprotocol/clientCapabilities":{}}}}
        """;

    public static string Initialize { get; } =
        """
        {"jsonrpc":"2.0","id":0,"method":"initialize",
        "params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}
        """;

    public static string Initialized { get; } = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    /// <summary>The header that carries a credential; none without one.</summary>
    public static (string Name, string Value)[] Bearer(string? credential) =>
        credential is null ? [] : [("Authorization", $"Bearer {credential}")];

    public static byte[] Post(Uri url, string body, params IEnumerable<(string Name, string Value)> headers)
    {
        var head = new StringBuilder()
            .Append($"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\n")
            .Append("Accept: application/json, text/event-stream\r\n")
            .Append($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        return Encoding.UTF8.GetBytes(head.Append("\r\n").Append(body).ToString());
    }

    public static byte[] Get(Uri url, params IEnumerable<(string Name, string Value)> headers) =>
        WithoutBody("GET", url, headers);

    public static byte[] Delete(Uri url, params IEnumerable<(string Name, string Value)> headers) =>
        WithoutBody("DELETE", url, headers);

    public static IPEndPoint EndPointOf(Uri url) => new(IPAddress.Parse(url.Host), url.Port);

    private static byte[] WithoutBody(string method, Uri url, IEnumerable<(string Name, string Value)> headers)
    {
        var head = new StringBuilder()
            .Append($"{method} {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n")
            .Append("Accept: text/event-stream\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }
}
