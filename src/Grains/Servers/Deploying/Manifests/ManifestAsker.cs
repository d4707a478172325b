using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers.Deploying.Manifests;

/// <summary>A client that asks a running server what it offers.</summary>
/// <param name="Server">The server.</param>
/// <param name="Session">The session that it asks in; null for none.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Meta">What each request says of its client; null in a session.</param>
internal sealed record ManifestAsker(ICallTarget Server, string? Session, CallContext Caller, JsonNode? Meta)
{
    /// <summary>A client without session that can nothing.</summary>
    public static ManifestAsker Plain(ICallTarget server, CallContext caller) => new(
        server,
        null,
        caller with { Revision = McpRevision.V20260728.Value },
        new JsonObject
        {
            [McpMetaKeys.ProtocolVersion] = McpRevision.V20260728.Value,
            [McpMetaKeys.ClientCapabilities] = new JsonObject(),
        });

    /// <summary>The client of a request that came.</summary>
    public static ManifestAsker Of(ICallTarget server, in RunRequest run) => new(
        server, run.Call.Session, run.Caller, RawJson.Parse(run.Call.Call.Params)?["_meta"]?.DeepClone());

    public ValueTask<McpReply> AskAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        if (Meta is JsonObject meta)
        {
            var said = meta.DeepClone().AsObject();
            said.Remove("progressToken");
            parameters["_meta"] = said;
        }

        var call = new McpCall
        {
            Method = method,
            Id = JsonRpcId.FromText("manifest"),
            Params = RawJson.Write(parameters),
        };
        return Server.InvokeAsync(
            new RuntimeCall(CallId.Parse(Guid.NewGuid().ToString("N")), Session, Caller, call, SilentOutput.Instance),
            cancellationToken);
    }
}
