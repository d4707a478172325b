using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes.Upstream;

namespace Smcp.Servers.Deploying.Manifests;

/// <summary>
/// What clients of a pinned version get: the manifest that was approved, and of that nothing that was found to be
/// otherwise since. The server's own lists and instructions reach nobody.
/// </summary>
internal sealed class ManifestGuard(Manifest approved)
{
    private readonly Dictionary<ManifestList, IReadOnlyDictionary<string, JsonObject>> _items =
        ManifestList.All.ToDictionary(list => list, approved.Items);

    private HashSet<string> _withheld = [];

    public Manifest Approved => approved;

    /// <summary>What is offered otherwise than it was approved is neither listed nor reached from now on.</summary>
    public void Withhold(ManifestChanges changes) =>
        _withheld = changes.Changed.Concat(changes.Removed).ToHashSet(StringComparer.Ordinal);

    /// <summary>The answer to a request for a list; null for any other request.</summary>
    public McpReply? List(McpCall call) => ManifestList.Of(call.Method) is { } list
        ? McpReply.Result(RawJson.Write(new JsonObject
        {
            [list.Member] = new JsonArray([
                .. _items[list].Where(pair => IsOffered(list, pair.Key)).Select(pair => pair.Value.DeepClone()),
            ]),
        }))
        : null;

    /// <summary>
    /// The answer to a request that needs no server for it, since what was approved answers it: a list, or
    /// <c>server/discover</c>. Null for any other.
    /// </summary>
    public McpReply? AnswerAtRest(McpCall call) =>
        call.Method == McpMethods.Discover && approved.Discovery is { } discovery
            ? McpReply.Result(RawJson.Write(discovery))
            : List(call);

    /// <summary>The same for <c>initialize</c>; null where what was approved does not say enough.</summary>
    public McpReply? InitializationAtRest() =>
        approved.Discovery is { } discovery ? ModernUpstream.Initialized(discovery) : null;

    /// <summary>
    /// Whether a request is for a list, or about something that may be reached only where it was approved.
    /// </summary>
    public static bool Concerns(string method) => method is McpMethods.ToolsCall or McpMethods.PromptsGet
        or McpMethods.ResourcesRead or McpMethods.ResourcesSubscribe or McpMethods.Complete
        || ManifestList.Of(method) is not null;

    /// <summary>Null where what the request names was approved, and is as it was.</summary>
    public McpFault? Refuse(McpCall call)
    {
        var parameters = RawJson.Parse(call.Params);
        var named = call.Method == McpMethods.Complete ? parameters?["ref"] as JsonObject : parameters;
        var isByName = call.Method is McpMethods.ToolsCall or McpMethods.PromptsGet;
        var isOffered = !isByName && named?.Text("uri") is { } uri
            ? IsReached(uri)
            : named?.Text("name") is { } name && IsOffered(
                call.Method == McpMethods.ToolsCall ? ManifestList.Tools : ManifestList.Prompts, name);
        return isOffered
            ? null
            : new McpFault(FaultReason.InvalidParams, "The server has no such thing that was approved.");
    }

    /// <summary>The answer to <c>initialize</c> or <c>server/discover</c>, with what was approved of it.</summary>
    public McpReply Introduce(McpReply reply)
    {
        if (reply.IsError || RawJson.Parse(reply.Body) is not { } result)
        {
            return reply;
        }

        result.Remove("instructions");
        if (approved.Instructions is { } instructions && !_withheld.Contains("instructions"))
        {
            result["instructions"] = instructions;
        }

        foreach (var part in new[] { "tools", "prompts", "resources" })
        {
            // What is pinned does not change.
            (result["capabilities"]?[part] as JsonObject)?.Remove("listChanged");
        }

        return McpReply.Result(RawJson.Write(result));
    }

    /// <summary>Whether a notification says that a list changed, which here none does.</summary>
    public static bool IsListChange(string? method) => method is McpMethods.ToolsListChanged
        or McpMethods.PromptsListChanged or McpMethods.ResourcesListChanged;

    private bool IsOffered(ManifestList list, string name) =>
        _items[list].ContainsKey(name) && !_withheld.Contains($"{list.Member}/{name}");

    private bool IsReached(string uri) => IsOffered(ManifestList.Resources, uri)
        || IsOffered(ManifestList.Templates, uri)
        || _items[ManifestList.Templates].Keys.Any(
            template => IsOffered(ManifestList.Templates, template) && UriTemplate.Matches(template, uri));
}
