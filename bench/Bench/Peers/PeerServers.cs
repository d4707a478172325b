using Smcp.Bench.Load;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Peers;

/// <summary>Starts Smcp and what it is measured beside, each with its shipped defaults.</summary>
internal static class PeerServers
{
    public static MeasuredServer Smcp(string dataFolder, params IEnumerable<string> arguments) => new(
        "dotnet",
        [
            "exec", Workspace.Built("Standalone", "Smcp.Standalone.dll"),
            "--urls", "http://127.0.0.1:0", "--data", dataFolder, .. arguments,
        ],
        "Smcp is ready: ");

    public static Uri EndpointOf(Uri url, string server) => new(url, $"/t/default/s/{server}/mcp");

    public static Uri EchoOf(Uri url) => EndpointOf(url, "echo");

    /// <summary>(a): the floor.</summary>
    public static MeasuredServer BareKestrel() =>
        new("dotnet", ["exec", Workspace.Built("BareKestrel", "Smcp.BareKestrel.dll")], "ready: ");

    /// <summary>(b): the TypeScript SDK 1.32.2 with sessions.</summary>
    public static MeasuredServer TypeScript() =>
        new("node", [Path.Combine(Workspace.Root, "bench", "peers", "typescript", "server.mjs")], "ready: ");

    /// <summary>A tool called through a session of the connection's own.</summary>
    /// <param name="name">As it stands in the results.</param>
    /// <param name="server">Its process.</param>
    /// <param name="url">The endpoint.</param>
    /// <param name="call">What is called.</param>
    /// <param name="credential">The bearer credential, if any.</param>
    public static Peer InSession(
        string name, MeasuredServer server, Uri url, ToolCall call, string? credential = null) => new(
        name,
        server,
        () =>
        {
            var headers = McpSession.Open(url, McpRequests.Bearer(credential));
            return new LoadRequest(
                McpRequests.Post(url, McpRequests.Call(call.Tool, call.Arguments), headers),
                McpRequests.Delete(url, headers));
        },
        call.Expected);

    /// <summary>A tool called as 2026-07-28 has it.</summary>
    public static Peer WithoutSession(
        string name, MeasuredServer server, Uri url, ToolCall call, string? credential = null) => new(
        name,
        server,
        () => new LoadRequest(McpRequests.Post(
            url,
            McpRequests.CallWithoutSession(call.Tool, call.Arguments),
            [
                ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", call.Tool),
                .. McpRequests.Bearer(credential),
            ])),
        call.Expected);

    /// <summary>A tool of a server that keeps no sessions, called as 2025-11-25 has it.</summary>
    public static Peer Stateless(string name, MeasuredServer server, ToolCall call) => new(
        name,
        server,
        () => new LoadRequest(McpRequests.Post(
            server.Url, McpRequests.Call(call.Tool, call.Arguments), ("MCP-Protocol-Version", "2025-11-25"))),
        call.Expected);
}
