using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>
/// What a client declared that it can be asked for: in <c>initialize</c>, or from 2026-07-28 with each request.
/// </summary>
internal sealed class ClientCapabilities(JsonObject? declared)
{
    public static ClientCapabilities None { get; } = new(null);

    /// <summary>Whether it knows the tasks extension (SEP-2663).</summary>
    public bool KnowsTasks =>
        declared?["extensions"] is JsonObject extensions && extensions.ContainsKey(McpMetaKeys.TasksExtension);

    public static ClientCapabilities OfRequest(McpCall request) =>
        new((RawJson.Parse(request.Params)?["_meta"] as JsonObject)?[McpMetaKeys.ClientCapabilities] as JsonObject);

    public static ClientCapabilities OfInitialize(McpCall initialize) =>
        new(RawJson.Parse(initialize.Params)?["capabilities"] as JsonObject);

    /// <summary>The fault of a request that needs capabilities which its client did not declare.</summary>
    public static McpFault Missing(string capabilities) =>
        new(FaultReason.MissingClientCapability, "The request needs a capability that the client does not declare.")
        {
            Data = RawJson.Write(new JsonObject { ["requiredCapabilities"] = JsonNode.Parse(capabilities) }),
        };

    /// <summary>Why this client cannot be asked this, or null when it can.</summary>
    public McpFault? Refuse(McpRevision revision, string method, JsonObject? parameters) => method switch
    {
        McpMethods.SamplingCreateMessage => RefuseSampling(parameters),
        McpMethods.ElicitationCreate => RefuseElicitation(revision, parameters),
        McpMethods.RootsList => Declares("roots") ? null : Missing("""{"roots":{}}"""),
        _ => new McpFault(FaultReason.MethodNotFound, "Clients cannot be asked this."),
    };

    /// <inheritdoc cref="Refuse(McpRevision, string, JsonObject?)"/>
    public McpFault? Refuse(McpRevision revision, InputRequest question) =>
        Refuse(revision, question.Method, RawJson.Parse(question.Params));

    private McpFault? RefuseSampling(JsonObject? parameters)
    {
        if (!Declares("sampling"))
        {
            return Missing("""{"sampling":{}}""");
        }

        var needsTools = parameters is not null
            && (parameters.ContainsKey("tools") || parameters.ContainsKey("toolChoice"));
        return needsTools && !Declares("sampling", "tools") ? Missing("""{"sampling":{"tools":{}}}""") : null;
    }

    private McpFault? RefuseElicitation(McpRevision revision, JsonObject? parameters)
    {
        if (parameters?.Text("mode") == "url")
        {
            return revision.HasUrlElicitation && Declares("elicitation", "url")
                ? null
                : Missing("""{"elicitation":{"url":{}}}""");
        }

        // An empty object means form (2025-11-25 elicitation, capabilities).
        var form = Declares("elicitation", "form")
            || (declared?["elicitation"] is JsonObject elicitation && !elicitation.ContainsKey("url"));
        return revision.HasElicitation && form ? null : Missing("""{"elicitation":{}}""");
    }

    private bool Declares(string capability) => declared?[capability] is JsonObject;

    private bool Declares(string capability, string part) =>
        declared?[capability] is JsonObject parts && parts[part] is JsonObject;
}
