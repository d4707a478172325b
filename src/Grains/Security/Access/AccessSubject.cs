using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Security.Access;

/// <summary>Which thing of a server a request is about, and what using it takes.</summary>
/// <param name="Action">The permission's action, one of <see cref="Permissions"/>.</param>
/// <param name="Name">The tool, prompt or uri.</param>
/// <param name="Scope">The scope it takes.</param>
internal readonly record struct AccessSubject(string Action, string Name, string Scope)
{
    /// <summary>The action that a method's things are used by; null for a method about the server itself.</summary>
    public static string? ActionOf(string method) => method switch
    {
        McpMethods.ToolsCall => Permissions.Tool,
        McpMethods.PromptsGet => Permissions.Prompt,
        McpMethods.ResourcesRead or McpMethods.ResourcesSubscribe => Permissions.Resource,
        McpMethods.Complete => Permissions.Use,
        _ => null,
    };

    /// <summary>The scope that a method takes.</summary>
    public static string ScopeOf(string method) => method == McpMethods.ToolsCall ? McpScopes.Tools : McpScopes.Read;

    /// <summary>The subject of a request; null for one about the server itself, or that names none.</summary>
    public static AccessSubject? Of(McpCall call) => call.Method switch
    {
        McpMethods.ToolsCall => Named(call, Permissions.Tool, "name"),
        McpMethods.PromptsGet => Named(call, Permissions.Prompt, "name"),
        McpMethods.ResourcesRead or McpMethods.ResourcesSubscribe => Named(call, Permissions.Resource, "uri"),
        McpMethods.Complete => Completed(call),
        _ => null,
    };

    private static AccessSubject Named(McpCall call, string action, string member) =>
        new(action, RawJson.Parse(call.Params)?.Text(member) ?? string.Empty, ScopeOf(call.Method));

    /// <summary>
    /// A completion tells what a prompt's or template's arguments may be: it takes what using those does.
    /// </summary>
    private static AccessSubject Completed(McpCall call)
    {
        var reference = RawJson.Parse(call.Params)?["ref"] as System.Text.Json.Nodes.JsonObject;
        return reference?.Text("type") == "ref/prompt"
            ? new AccessSubject(Permissions.Prompt, reference.Text("name") ?? string.Empty, McpScopes.Read)
            : new AccessSubject(Permissions.Resource, reference?.Text("uri") ?? string.Empty, McpScopes.Read);
    }
}
