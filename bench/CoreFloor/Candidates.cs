using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.CoreFloor;

/// <summary>The routes that are compared, from the most of the SDK to the least.</summary>
internal static class Candidates
{
    public static IReadOnlyList<Candidate> All()
    {
        var transport = new LoopTransport();
        var tool = Tool();
        var options = new McpServerOptions { ToolCollection = [tool] };
        var server = McpServer.Create(transport, options);
        _ = server.RunAsync();
        return
        [
            new Candidate("(a) McpServer over ITransport", transport.CallAsync),
            new Candidate("(b) InvokeAsync, live McpServer, JsonNode", raw => DirectAsync(server, tool, raw)),
            new Candidate("(d) InvokeAsync, own McpServer, JsonNode", OwnServer(envelope: true)),
            new Candidate("(e) InvokeAsync, own McpServer, no JsonNode", OwnServer(envelope: false)),
            new Candidate("(c) JsonNode parse, result serialized", ParseAndSerializeAsync),
        ];
    }

    private static McpServerTool Tool() => McpServerTool.Create(
        typeof(EchoTools).GetMethod(nameof(EchoTools.Echo))!, target: null, options: null);

    private static Func<ReadOnlyMemory<byte>, ValueTask<byte[]>> OwnServer(bool envelope)
    {
        var tool = Tool();
        var options = new McpServerOptions { ToolCollection = [tool] };
        return envelope
            ? raw => DirectAsync(new CallServer(options), tool, raw)
            : raw => TypedAsync(new CallServer(options), tool, raw);
    }

    private static async ValueTask<byte[]> DirectAsync(McpServer server, McpServerTool tool, ReadOnlyMemory<byte> raw)
    {
        var node = JsonNode.Parse(raw.Span);
        var request = new JsonRpcRequest { Id = new RequestId(1), Method = RequestMethods.ToolsCall, Params = node };
        var context = new RequestContext<CallToolRequestParams>(
            server, request, node.Deserialize(Json<CallToolRequestParams>())!);
        var result = await tool.InvokeAsync(context, CancellationToken.None);
        return JsonSerializer.SerializeToUtf8Bytes(result, Json<CallToolResult>());
    }

    private static async ValueTask<byte[]> TypedAsync(McpServer server, McpServerTool tool, ReadOnlyMemory<byte> raw)
    {
        var request = new JsonRpcRequest { Id = new RequestId(1), Method = RequestMethods.ToolsCall };
        var parameters = JsonSerializer.Deserialize(raw.Span, Json<CallToolRequestParams>())!;
        var context = new RequestContext<CallToolRequestParams>(server, request, parameters);
        var result = await tool.InvokeAsync(context, CancellationToken.None);
        return JsonSerializer.SerializeToUtf8Bytes(result, Json<CallToolResult>());
    }

    private static ValueTask<byte[]> ParseAndSerializeAsync(ReadOnlyMemory<byte> raw)
    {
        var message = JsonNode.Parse(raw.Span)!["arguments"]!["message"]!.GetValue<string>();
        var result = new CallToolResult { Content = [new TextContentBlock { Text = message }] };
        return ValueTask.FromResult(JsonSerializer.SerializeToUtf8Bytes(result, Json<CallToolResult>()));
    }

    private static JsonTypeInfo<T> Json<T>() =>
        (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
