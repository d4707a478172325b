using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Security.Access;

namespace Smcp.Servers;

/// <summary>
/// A list as one caller may see it: what it may not use is not there. What differs from caller to caller is never
/// marked as one for all (2026-07-28 caching, <c>cacheScope</c>).
/// </summary>
internal static class ListView
{
    /// <param name="caller">Who asked.</param>
    /// <param name="things">What the names of all of the server's things begin with: the server and a slash.</param>
    /// <param name="policy">Who may reach the server.</param>
    /// <param name="method">What was asked.</param>
    /// <param name="reply">What the server answered.</param>
    public static McpReply Of(
        CallContext caller, string things, ServerAccess policy, string method, McpReply reply)
    {
        var list = ListOf(method);
        var seesAll = list is not { Action: var action } || AccessRules.UsesAll(caller, action, things);
        var mayBePublic = seesAll && policy.Kind == ServerAccessKind.Public;
        if (seesAll && (mayBePublic || !IsMarkedPublic(reply.Body.Span)))
        {
            return reply;
        }

        if (RawJson.Parse(reply.Body) is not { } result)
        {
            return reply;
        }

        if (!seesAll && result[list!.Value.Items] is JsonArray items)
        {
            Filter(items, caller, things, list.Value);
        }

        if (!mayBePublic && result.ContainsKey("cacheScope"))
        {
            result["cacheScope"] = "private";
        }

        return McpReply.Result(RawJson.Write(result));
    }

    private static void Filter(JsonArray items, CallContext caller, string things, ListKind list)
    {
        for (var i = items.Count - 1; i >= 0; i--)
        {
            var name = (items[i] as JsonObject)?.Text(list.Name);
            if (name is null || !AccessRules.Sees(caller, list.Action, things + name))
            {
                items.RemoveAt(i);
            }
        }
    }

    private static bool IsMarkedPublic(ReadOnlySpan<byte> body) =>
        body.IndexOf("\"cacheScope\""u8) >= 0 && body.IndexOf("\"public\""u8) >= 0;

    private static ListKind? ListOf(string method) => method switch
    {
        McpMethods.ToolsList => new("tools", "name", Permissions.Tool),
        McpMethods.PromptsList => new("prompts", "name", Permissions.Prompt),
        McpMethods.ResourcesList => new("resources", "uri", Permissions.Resource),
        McpMethods.ResourceTemplatesList => new("resourceTemplates", "uriTemplate", Permissions.Resource),
        _ => null,
    };

    private readonly record struct ListKind(string Items, string Name, string Action);
}
