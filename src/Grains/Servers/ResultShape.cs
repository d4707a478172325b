using System.Buffers;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

/// <summary>
/// Gives an answer of the runtime the form that its client's revision asks for: what 2026-07-28 requires of each result
/// is added where the server left it out, and error codes are said as the revision says them.
/// </summary>
internal sealed class ResultShape(ServerDefinition definition, Func<bool> offersTasks)
{
    private readonly byte[] _serverInfo = RawJson.Write(
        new JsonObject { ["name"] = definition.Id.ToString(), ["version"] = definition.Version });

    /// <summary>The answer as its client must get it; the same object where nothing lacks.</summary>
    /// <param name="revision">The client's revision.</param>
    /// <param name="method">The method of the request.</param>
    /// <param name="reply">The runtime's answer.</param>
    /// <param name="asksInput">Whether it is <c>input_required</c>.</param>
    public McpReply Shape(McpRevision revision, string method, McpReply reply, out bool asksInput)
    {
        asksInput = false;
        if (reply.IsError)
        {
            return ShapeError(revision, method, reply);
        }

        if (!revision.TypesResults)
        {
            return reply;
        }

        var shaped = method == McpMethods.Discover ? ShapeDiscovery(reply, offersTasks()) : reply;
        return Stamp(method, shaped, out asksInput);
    }

    /// <summary>
    /// The answer to <c>initialize</c>: it declares the tasks that we serve, and none that we do not (2025-11-25 tasks,
    /// capabilities).
    /// </summary>
    public McpReply ShapeInitialization(McpRevision revision, McpReply reply)
    {
        var offered = revision.AugmentsWithTasks && offersTasks();
        if (reply.IsError || (!offered && reply.Body.Span.IndexOf("\"tasks\""u8) < 0)
            || RawJson.Parse(reply.Body) is not { } result || result["capabilities"] is not JsonObject capabilities)
        {
            return reply;
        }

        capabilities.Remove("tasks");
        if (offered)
        {
            capabilities["tasks"] = JsonNode.Parse("""{"list":{},"cancel":{},"requests":{"tools":{"call":{}}}}""");
        }

        return McpReply.Result(RawJson.Write(result));
    }

    /// <summary>Adds the fields that 2026-07-28 requires of a result and that it lacks.</summary>
    public McpReply Stamp(string method, McpReply reply, out bool asksInput)
    {
        var scan = ResultScan.Of(reply.Body.Span);
        asksInput = scan.IsInputRequired;
        var cacheable = IsCacheable(method) && !scan.IsInputRequired;
        var complete = scan.HasResultType && scan.HasServerInfo && (!cacheable || (scan.HasTtl && scan.HasCacheScope));
        return complete || !scan.IsObject ? reply : McpReply.Result(Add(scan, cacheable));
    }

    // 2026-07-28 caching: the results that carry ttlMs and cacheScope.
    private static bool IsCacheable(string method) => method is McpMethods.Discover
        or McpMethods.ToolsList or McpMethods.PromptsList or McpMethods.ResourcesList
        or McpMethods.ResourceTemplatesList or McpMethods.ResourcesRead;

    private byte[] Add(ResultScan scan, bool cacheable)
    {
        var output = new ArrayBufferWriter<byte>(scan.Body.Length + _serverInfo.Length + 160);
        output.Write("{"u8);
        output.Write(scan.HasResultType ? default : "\"resultType\":\"complete\","u8);
        output.Write(cacheable && !scan.HasTtl ? "\"ttlMs\":0,"u8 : default);
        output.Write(cacheable && !scan.HasCacheScope ? "\"cacheScope\":\"private\","u8 : default);
        if (scan.MetaMembersAt == 0)
        {
            output.Write("\"_meta\":{"u8);
            WriteServerInfo(output);
            output.Write(scan.IsEmpty ? "}"u8 : "},"u8);
            output.Write(scan.Body[scan.MembersAt..]);
        }
        else
        {
            output.Write(scan.Body[scan.MembersAt..scan.MetaMembersAt]);
            if (!scan.HasServerInfo)
            {
                WriteServerInfo(output);
                output.Write(scan.IsMetaEmpty ? default : ","u8);
            }

            output.Write(scan.Body[scan.MetaMembersAt..]);
        }

        return output.WrittenSpan.ToArray();
    }

    private void WriteServerInfo(ArrayBufferWriter<byte> output)
    {
        output.Write("\"io.modelcontextprotocol/serverInfo\":"u8);
        output.Write(_serverInfo);
    }

    // The list of version errors and the list of server/discover must be one (2026-07-28 versioning).
    private static McpReply ShapeDiscovery(McpReply reply, bool offersTasks)
    {
        if (RawJson.Parse(reply.Body) is not { } result)
        {
            return reply;
        }

        if (result["capabilities"] is JsonObject capabilities)
        {
            ShapeCapabilities(capabilities, offersTasks);
        }

        result["supportedVersions"] = new JsonArray([.. McpRevision.Supported.Select(r => (JsonNode)r.Value)]);
        return McpReply.Result(RawJson.Write(result));
    }

    // The tasks extension takes the place of 2025-11-25's capability (SEP-2663, backward compatibility).
    private static void ShapeCapabilities(JsonObject capabilities, bool offersTasks)
    {
        capabilities.Remove("tasks");
        if (offersTasks)
        {
            if (capabilities["extensions"] is not JsonObject extensions)
            {
                capabilities["extensions"] = extensions = [];
            }

            extensions[McpMetaKeys.TasksExtension] = new JsonObject();
        }
    }

    // A resource that is not there: -32002 before 2026-07-28, which forbids that code and says -32602 with the uri.
    private static McpReply ShapeError(McpRevision revision, string method, McpReply reply)
    {
        if (method != McpMethods.ResourcesRead || RawJson.Parse(reply.Body) is not { } error
            || error["code"] is not JsonValue value || !value.TryGetValue(out int code))
        {
            return reply;
        }

        var named = error["data"] is JsonObject data && data.ContainsKey("uri");
        var wanted = (code, revision.TypesResults) switch
        {
            (McpErrorCodes.ResourceNotFound, true) => McpErrorCodes.InvalidParams,
            (McpErrorCodes.InvalidParams, false) when named => McpErrorCodes.ResourceNotFound,
            _ => code,
        };

        if (wanted == code)
        {
            return reply;
        }

        error["code"] = wanted;
        return McpReply.Error(RawJson.Write(error));
    }
}
