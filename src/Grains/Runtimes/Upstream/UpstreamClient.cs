using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// A client as a server is shown it: a session, or the callers without session of one principal that declare the same
/// capabilities.
/// </summary>
internal sealed class UpstreamClient
{
    private UpstreamClient(CallContext caller, JsonObject? capabilities, JsonNode? info)
    {
        Caller = caller;
        Capabilities = Carried(capabilities);
        Info = info is JsonObject ? info : Ourselves();
    }

    /// <summary>Names its conversation in a runtime.</summary>
    public required string Key { get; init; }

    /// <summary>The session; null for callers without.</summary>
    public string? Session { get; private init; }

    /// <summary>Who it is, as of the request that made it known. Its credential is not in it.</summary>
    public CallContext Caller { get; }

    /// <summary>The revision that it speaks with us.</summary>
    public McpRevision Revision { get; private init; } = McpRevision.LatestWithSessions;

    /// <summary>What it can be asked for, without what is not carried over.</summary>
    public JsonObject Capabilities { get; }

    /// <summary>Its <c>clientInfo</c>.</summary>
    public JsonNode Info { get; }

    /// <summary>The least severe log message that it wants; null: it never said.</summary>
    public string? LogLevel { get; set; }

    /// <summary>Whether its session began before its user was let in.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>The resources that its session wants to hear of.</summary>
    public IReadOnlyCollection<string> Resources { get; set; } = [];

    public static UpstreamClient OfPeer(RuntimePeer peer)
    {
        var initialize = RawJson.Parse(peer.Initialize.Params);
        return new(peer.Caller, initialize?["capabilities"] as JsonObject, initialize?["clientInfo"])
        {
            Key = SessionKey(peer.Session),
            Session = peer.Session,
            Revision = McpRevision.TryParse(peer.Caller.Revision, out var known) && known.UsesSessions
                ? known
                : McpRevision.LatestWithSessions,
            LogLevel = peer.LogLevel,
            Resources = peer.Subscriptions,
        };
    }

    /// <summary>The client of a request without session.</summary>
    public static UpstreamClient OfRequest(CallContext caller, ReadOnlyMemory<byte> parameters)
    {
        var meta = RawJson.Parse(parameters)?["_meta"] as JsonObject;
        var capabilities = Carried(meta?[McpMetaKeys.ClientCapabilities] as JsonObject);
        var digest = Convert.ToHexStringLower(SHA256.HashData(RawJson.Write(capabilities)).AsSpan(0, 16));
        return new(caller, capabilities, meta?[McpMetaKeys.ClientInfo])
        {
            Key = $"principal:{caller.Principal}/{digest}",
            Revision = McpRevision.V20260728,
        };
    }

    /// <summary>The <c>clientInfo</c> of requests that are no client's.</summary>
    public static JsonObject Ourselves() => new() { ["name"] = "smcp", ["version"] = "1" };

    public static string SessionKey(string session) => "session:" + session;

    /// <summary>
    /// Tasks are the grains' own, so a server is not told that its client knows them; unknown capabilities pass.
    /// </summary>
    private static JsonObject Carried(JsonObject? capabilities)
    {
        var carried = capabilities?.DeepClone().AsObject() ?? [];
        carried.Remove("tasks");
        if (carried["extensions"] is JsonObject extensions)
        {
            extensions.Remove(McpMetaKeys.TasksExtension);
        }

        return carried;
    }
}
