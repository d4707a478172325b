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

    /// <summary>(a): the floor.</summary>
    public static MeasuredServer BareKestrel() =>
        new("dotnet", ["exec", Workspace.Built("BareKestrel", "Smcp.BareKestrel.dll")], "ready: ");

    /// <summary>(b): the TypeScript SDK 1.32.2 with sessions.</summary>
    public static MeasuredServer TypeScript() =>
        new("node", [Path.Combine(Workspace.Root, "bench", "peers", "typescript", "server.mjs")], "ready: ");

    /// <summary>A tool called through a session of the connection's own.</summary>
    public static Peer InSession(string name, MeasuredServer server, Uri url, ToolCall call) => new(
        name,
        server,
        () => McpRequests.Post(url, McpRequests.Call(call.Tool, call.Arguments), McpSession.Open(url)),
        call.Expected);

    /// <summary>A tool called as 2026-07-28 has it.</summary>
    public static Peer WithoutSession(string name, MeasuredServer server, Uri url, ToolCall call) => new(
        name,
        server,
        () => McpRequests.Post(
            url,
            McpRequests.CallWithoutSession(call.Tool, call.Arguments),
            ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", call.Tool)),
        call.Expected);
}
