using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

/// <summary>
/// What a <c>subscriptions/listen</c> asks for, or what of it is honoured (2026-07-28 subscriptions).
/// </summary>
internal sealed record ListenFilter
{
    public bool ToolsListChanged { get; init; }

    public bool PromptsListChanged { get; init; }

    public bool ResourcesListChanged { get; init; }

    public IReadOnlySet<string> Resources { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Tasks { get; init; } = new HashSet<string>();

    /// <summary>The filter of a request, or null where the params are not as the revision says.</summary>
    public static ListenFilter? Parse(McpCall listen, InstanceOptions options, out McpFault? fault)
    {
        fault = null;
        if (RawJson.Parse(listen.Params)?["notifications"] is JsonObject asked
            && TryFlag(asked, "toolsListChanged", out var tools)
            && TryFlag(asked, "promptsListChanged", out var prompts)
            && TryFlag(asked, "resourcesListChanged", out var resources)
            && TryTexts(asked, "resourceSubscriptions", out var uris)
            && TryTexts(asked, "taskIds", out var tasks))
        {
            var entriesMax = options.SubscriptionsPerListenerMax;
            if (uris.Concat(tasks).Any(text => text.Length > options.SubscriptionUriLengthMax))
            {
                fault = new McpFault(
                    FaultReason.InvalidParams,
                    $"A resource or task is named by at most {options.SubscriptionUriLengthMax} characters.");
                return null;
            }

            if (uris.Count <= entriesMax && tasks.Count <= entriesMax)
            {
                return new ListenFilter
                {
                    ToolsListChanged = tools,
                    PromptsListChanged = prompts,
                    ResourcesListChanged = resources,
                    Resources = uris,
                    Tasks = tasks,
                };
            }

            fault = new McpFault(FaultReason.LimitExceeded, $"A listener may name {entriesMax} resources and tasks.");
            return null;
        }

        fault = new McpFault(
            FaultReason.InvalidParams, "The params must have an object 'notifications' with the filter.");
        return null;
    }

    /// <summary>What of it a server with these features can honour.</summary>
    public ListenFilter Within(RuntimeFeatures features) => this with
    {
        ToolsListChanged = ToolsListChanged && features.ToolsListChanged,
        PromptsListChanged = PromptsListChanged && features.PromptsListChanged,
        ResourcesListChanged = ResourcesListChanged && features.ResourcesListChanged,
        Resources = features.ResourceSubscriptions ? Resources : new HashSet<string>(),
    };

    /// <summary>Without the resources that the listener may not see.</summary>
    public ListenFilter Where(Func<string, bool> shows) =>
        Resources.All(shows) ? this : this with { Resources = Resources.Where(shows).ToHashSet() };

    /// <summary>Whether a notification of the server is asked for.</summary>
    public bool Wants(string? method, string? uri) => method switch
    {
        McpMethods.ToolsListChanged => ToolsListChanged,
        McpMethods.PromptsListChanged => PromptsListChanged,
        McpMethods.ResourcesListChanged => ResourcesListChanged,
        McpMethods.ResourceUpdated => uri is not null && Resources.Contains(uri),
        _ => false,
    };

    /// <summary>The filter as the acknowledgement says it: what is not honoured is left out.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        AddFlag(json, "toolsListChanged", ToolsListChanged);
        AddFlag(json, "promptsListChanged", PromptsListChanged);
        AddFlag(json, "resourcesListChanged", ResourcesListChanged);
        AddTexts(json, "resourceSubscriptions", Resources);
        AddTexts(json, "taskIds", Tasks);
        return json;
    }

    private static void AddFlag(JsonObject json, string member, bool value)
    {
        if (value)
        {
            json[member] = true;
        }
    }

    private static void AddTexts(JsonObject json, string member, IReadOnlySet<string> texts)
    {
        if (texts.Count > 0)
        {
            json[member] = new JsonArray([.. texts.Select(t => (JsonNode)t)]);
        }
    }

    private static bool TryFlag(JsonObject json, string member, out bool value)
    {
        value = false;
        return !json.TryGetPropertyValue(member, out var node)
            || (node is JsonValue scalar && scalar.TryGetValue(out value));
    }

    private static bool TryTexts(JsonObject json, string member, out HashSet<string> texts)
    {
        texts = [];
        if (!json.TryGetPropertyValue(member, out var node))
        {
            return true;
        }

        if (node is not JsonArray array)
        {
            return false;
        }

        foreach (var item in array)
        {
            if (item is not JsonValue scalar || !scalar.TryGetValue(out string? text))
            {
                return false;
            }

            texts.Add(text);
        }

        return true;
    }
}
