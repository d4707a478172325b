using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Servers;

namespace Smcp.Runtimes.OpenApi;

/// <summary>The list of tools, page by page: a cursor names the last tool of the page before.</summary>
internal sealed class ToolPages(IReadOnlyList<ApiTool> tools, int itemsMax)
{
    public McpReply Of(string? cursor)
    {
        var first = cursor is null ? 0 : After(cursor);
        if (first < 0)
        {
            return McpReply.Error(JsonRpcWriter.Error(McpErrorCodes.InvalidParams, "The cursor is not known."));
        }

        var page = tools.Skip(first).Take(itemsMax).ToList();
        var next = first + page.Count < tools.Count ? page[^1].Name : null;
        var items = new JsonArray([.. page.Select(tool => JsonNode.Parse(tool.Definition.Span))]);
        var list = new JsonObject { ["tools"] = items };
        if (next is not null)
        {
            list["nextCursor"] = next;
        }

        return McpReply.Result(RawJson.Write(list));
    }

    private int After(string cursor)
    {
        for (var i = 0; i < tools.Count; i++)
        {
            if (tools[i].Name == cursor)
            {
                return i + 1;
            }
        }

        return -1;
    }
}
