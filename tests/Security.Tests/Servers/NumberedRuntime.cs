using System.Collections.Concurrent;
using System.Text;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>
/// A program of one version. Its tools are the arguments that it is started with, each <c>name=description</c>.
/// </summary>
internal sealed class NumberedRuntime(ServerVersion version, IRuntimeEvents events) : IServerRuntime
{
    private readonly ConcurrentDictionary<string, bool> _peers = [];

    public ServerVersion Version => version;

    /// <summary>Its tools, each <c>name=description</c>, which a test may change as it runs.</summary>
    public IReadOnlyList<string> Tools { get; set; } = version.Settings.Process!.Arguments;

    /// <summary>The tools that were called.</summary>
    public ConcurrentQueue<string> Called { get; } = [];

    /// <summary>What its calls wait for.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    public IRuntimeEvents Events => events;

    public bool IsDisposed { get; private set; }

    public IReadOnlyDictionary<string, TaskSupport> TaskTools { get; } = new Dictionary<string, TaskSupport>();

    public bool HasPeer(string session) => _peers.ContainsKey(session);

    public ValueTask<McpReply> OpenPeerAsync(RuntimePeer peer, CancellationToken cancellationToken)
    {
        _peers[peer.Session] = true;
        return new(Result(
            $$$"""
            {"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true}},
             "instructions":"v{{{version.Number}}}","serverInfo":{"name":"numbered","version":"1"}}
            """));
    }

    public ValueTask ClosePeerAsync(string session)
    {
        _peers.TryRemove(session, out _);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<McpReply> InvokeAsync(RuntimeCall call, CancellationToken cancellationToken) =>
        call.Call.Method switch
        {
            McpMethods.ToolsList => Result($$$"""{"tools":[{{{string.Join(',', ListTools())}}}]}"""),
            McpMethods.Discover => Result(
                $$$"""{"capabilities":{"tools":{"listChanged":true}},"instructions":"v{{{version.Number}}}"}"""),
            McpMethods.ToolsCall => await CallAsync(RawJson.Parse(call.Call.Params)!.Text("name")!),
            _ => McpReply.Error("""{"code":-32601,"message":"No such method."}"""u8.ToArray()),
        };

    public ValueTask NotifyAsync(string? session, McpCall notification, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private async Task<McpReply> CallAsync(string tool)
    {
        Called.Enqueue(tool);
        await Ready;
        return Result($$"""{"content":[{"type":"text","text":"{{version.Number}}"}]}""");
    }

    private IEnumerable<string> ListTools() => Tools
        .Select(argument => argument.Split('='))
        .Select(tool => $$$"""
            {"name":"{{{tool[0]}}}","description":"{{{tool[^1]}}}","inputSchema":{"type":"object"}}
            """);

    private static McpReply Result(string json) => McpReply.Result(Encoding.UTF8.GetBytes(json));
}
