using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>What a server can be listened to for: read from its own <c>server/discover</c>.</summary>
internal sealed record RuntimeFeatures
{
    public bool ToolsListChanged { get; init; }

    public bool PromptsListChanged { get; init; }

    public bool ResourcesListChanged { get; init; }

    public bool ResourceSubscriptions { get; init; }

    public static async ValueTask<RuntimeFeatures> ReadAsync(
        IServerRuntime runtime, CallContext caller, CallId id, CancellationToken cancellationToken)
    {
        var meta = new JsonObject
        {
            [McpMetaKeys.ProtocolVersion] = McpRevision.V20260728.Value,
            [McpMetaKeys.ClientCapabilities] = new JsonObject(),
        };
        var discover = new McpCall
        {
            Method = McpMethods.Discover,
            Id = JsonRpcId.FromNumber(0),
            Params = RawJson.Write(new JsonObject { ["_meta"] = meta }),
        };

        var call = new RuntimeCall(
            id, null, caller with { Revision = McpRevision.V20260728.Value }, discover, SilentOutput.Instance);
        var reply = await runtime.InvokeAsync(call, cancellationToken);
        var capabilities = reply.IsError ? null : RawJson.Parse(reply.Body)?["capabilities"] as JsonObject;
        return new RuntimeFeatures
        {
            ToolsListChanged = Has(capabilities, "tools", "listChanged"),
            PromptsListChanged = Has(capabilities, "prompts", "listChanged"),
            ResourcesListChanged = Has(capabilities, "resources", "listChanged"),
            ResourceSubscriptions = Has(capabilities, "resources", "subscribe"),
        };
    }

    private static bool Has(JsonObject? capabilities, string part, string feature) =>
        capabilities?[part] is JsonObject parts && parts[feature] is JsonValue value
        && value.TryGetValue(out bool has) && has;
}
