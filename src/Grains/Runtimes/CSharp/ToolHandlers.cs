using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting.Classes;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary><c>tools/list</c>, and <c>tools/call</c> by <see cref="ToolCalls"/>.</summary>
internal sealed class ToolHandlers
{
    private readonly ServerClass _served;
    private readonly RequestFactory _requests;
    private readonly ListPages<McpServerTool> _pages;
    private readonly IReadOnlyDictionary<string, TaskSupport> _taskTools;
    private readonly McpRequestHandler<ListToolsRequestParams, ListToolsResult> _list;

    private ToolHandlers(CSharpServer server, RequestFactory requests)
    {
        _served = server.Class;
        _requests = requests;
        _taskTools = server.TaskTools;
        _pages = new ListPages<McpServerTool>(_served.Tools, tool => tool.ProtocolTool.Name);
        _list = RequestFactory.Filtered(ListPageAsync, _served.Filters.Request.ListToolsFilters);
    }

    public static bool IsServed(ServerClass served) =>
        served.Tools.Count > 0
        || served.Handlers.ListToolsHandler is not null
        || served.Handlers.CallToolHandler is not null;

    public static void AddTo(Dictionary<string, RequestHandler> handlers, CSharpServer server, RequestFactory requests)
    {
        if (!IsServed(server.Class))
        {
            return;
        }

        var tools = new ToolHandlers(server, requests);
        var list = requests.Typed(tools._list);
        handlers[McpMethods.ToolsList] = server.TaskTools.Count == 0
            ? list
            : async (call, cancellationToken) => tools.WithTaskSupport(call, await list(call, cancellationToken));
        handlers[McpMethods.ToolsCall] = new ToolCalls(server.Class, requests).CallAsync;
    }

    private async ValueTask<ListToolsResult> ListPageAsync(
        RequestContext<ListToolsRequestParams> request, CancellationToken cancellationToken)
    {
        var result = _served.Handlers.ListToolsHandler is { } own
            ? await own(request, cancellationToken)
            : new ListToolsResult();
        if (_served.Handlers.ListToolsHandler is not null && request.Params.Cursor is not null)
        {
            // The author's handler pages by itself; ours come with its first page.
            return result;
        }

        var itemsMax = _served.Handlers.ListToolsHandler is null ? _requests.Options.PageItemsMax : int.MaxValue;
        var (tools, next) = _pages.Page(request.Server.ServerOptions.ToolCollection!, request.Params.Cursor, itemsMax);
        var legacy = ((CallServer)request.Server).Revision.UsesSessions;
        foreach (var tool in tools)
        {
            result.Tools.Add(legacy ? LegacyOutputSchema.Of(tool.ProtocolTool) : tool.ProtocolTool);
        }

        result.NextCursor ??= next;
        return result;
    }

    /// <summary>
    /// 2025-11-25 tasks: a tool says in its listing whether it may be a task. The SDK's type has no such member.
    /// </summary>
    private ReadOnlyMemory<byte> WithTaskSupport(CallServer call, ReadOnlyMemory<byte> list)
    {
        if (!call.Revision.AugmentsWithTasks)
        {
            return list;
        }

        var result = JsonNode.Parse(list.Span)!;
        foreach (var tool in result["tools"]!.AsArray())
        {
            if (_taskTools.TryGetValue(tool!["name"]!.GetValue<string>(), out var support))
            {
                tool["execution"] = new JsonObject
                {
                    ["taskSupport"] = support == TaskSupport.Required ? "required" : "optional",
                };
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(result, McpJson<JsonNode>.Info);
    }
}
