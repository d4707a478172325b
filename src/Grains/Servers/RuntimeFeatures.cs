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
        IServerRuntime runtime, CallContext caller, InstanceCall listen, CancellationToken cancellationToken)
    {
        // As the client that listens, so that a server elsewhere needs no conversation beside that client's.
        var asked = RawJson.Parse(listen.Call.Params)?["_meta"] as JsonObject;
        var meta = new JsonObject
        {
            [McpMetaKeys.ProtocolVersion] = McpRevision.V20260728.Value,
            [McpMetaKeys.ClientCapabilities] =
                (asked?[McpMetaKeys.ClientCapabilities] as JsonObject)?.DeepClone() ?? new JsonObject(),
        };
        var discover = new McpCall
        {
            Method = McpMethods.Discover,
            Id = JsonRpcId.FromNumber(0),
            Params = RawJson.Write(new JsonObject { ["_meta"] = meta }),
        };

        var call = new RuntimeCall(
            listen.Id, null, caller with { Revision = McpRevision.V20260728.Value }, discover, SilentOutput.Instance);
        var reply = await runtime.InvokeAsync(call, cancellationToken);
        return Of(reply.IsError ? null : RawJson.Parse(reply.Body)?["capabilities"] as JsonObject);
    }

    /// <summary>What a server's capabilities say.</summary>
    public static RuntimeFeatures Of(JsonObject? capabilities) => new()
    {
        ToolsListChanged = Has(capabilities, "tools", "listChanged"),
        PromptsListChanged = Has(capabilities, "prompts", "listChanged"),
        ResourcesListChanged = Has(capabilities, "resources", "listChanged"),
        ResourceSubscriptions = Has(capabilities, "resources", "subscribe"),
    };

    private static bool Has(JsonObject? capabilities, string part, string feature) =>
        capabilities?[part] is JsonObject parts && parts[feature] is JsonValue value
        && value.TryGetValue(out bool has) && has;
}
