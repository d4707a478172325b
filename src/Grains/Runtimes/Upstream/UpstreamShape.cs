using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes.CSharp;
using Smcp.Servers;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// What one era says in the words of the other. What a client's revision asks for beyond that is added by the
/// instance, whatever the runtime.
/// </summary>
internal static class UpstreamShape
{
    /// <summary>A question as a client of this revision must get it.</summary>
    public static InputRequest Question(InputRequest question, McpRevision client)
    {
        if (question.Method != McpMethods.ElicitationCreate
            || question.Params.Span.IndexOf("\"url\""u8) < 0
            || RawJson.Parse(question.Params) is not { } parameters || parameters.Text("mode") != "url"
            || parameters.ContainsKey("elicitationId") == client.UsesSessions)
        {
            return question;
        }

        // 2025-11-25 names an elicitation in URL mode; 2026-07-28 has its requests' keys for that.
        if (client.UsesSessions)
        {
            parameters["elicitationId"] = Guid.NewGuid().ToString("N");
        }
        else
        {
            parameters.Remove("elicitationId");
        }

        return question with { Params = RawJson.Write(parameters) };
    }

    /// <summary>A result of 2026-07-28 for a client with a session.</summary>
    public static McpReply ToLegacy(string method, McpReply reply)
    {
        if (reply.IsError)
        {
            return reply;
        }

        var body = UpstreamJson.With(
            reply.Body, JsonEdit.Without("resultType"), JsonEdit.Without("ttlMs"), JsonEdit.Without("cacheScope"));
        return McpReply.Result(method switch
        {
            McpMethods.ToolsCall => WithObjectContent(body),
            McpMethods.ToolsList => WithObjectSchemas(body),
            _ => body,
        });
    }

    /// <summary>
    /// An error of a server with sessions for a client without: a URL that must be visited first is input that is
    /// required, and the client's own next request runs the call.
    /// </summary>
    public static McpReply ToModern(string method, McpReply reply)
    {
        if (!reply.IsError || !InputRequired.Allows(method) || RawJson.Parse(reply.Body) is not { } error
            || error["code"] is not JsonValue code || !code.TryGetValue(out int number)
            || number != McpErrorCodes.UrlElicitationRequired
            || (error["data"] as JsonObject)?["elicitations"] is not JsonArray elicitations)
        {
            return reply;
        }

        var requests = new JsonObject();
        foreach (var elicitation in elicitations.OfType<JsonObject>())
        {
            var parameters = elicitation.DeepClone().AsObject();
            parameters.Remove("elicitationId");
            parameters["mode"] = "url";
            requests[$"url_{requests.Count + 1}"] = new JsonObject
            {
                ["method"] = McpMethods.ElicitationCreate,
                ["params"] = parameters,
            };
        }

        return requests.Count == 0
            ? reply
            : McpReply.Result(RawJson.Write(new JsonObject
            {
                ["resultType"] = "input_required",
                ["inputRequests"] = requests,
            }));
    }

    // Before 2026-07-28 structured content is an object; the official SDKs wrap what is none in "result".
    private static ReadOnlyMemory<byte> WithObjectContent(ReadOnlyMemory<byte> body)
    {
        var content = UpstreamJson.Member(body, "structuredContent"u8);
        if (content.IsEmpty || content.Span[0] == (byte)'{')
        {
            return body;
        }

        var wrapped = content.Span.SequenceEqual("null"u8)
            ? default
            : UpstreamJson.With(default, new JsonEdit("result", content));
        return UpstreamJson.With(body, new JsonEdit("structuredContent", wrapped));
    }

    private static ReadOnlyMemory<byte> WithObjectSchemas(ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOf("\"outputSchema\""u8) < 0 || RawJson.Parse(body) is not { } result
            || result["tools"] is not JsonArray tools)
        {
            return body;
        }

        var changed = false;
        foreach (var tool in tools.OfType<JsonObject>())
        {
            if (tool["outputSchema"] is { } schema)
            {
                var natural = JsonElement.Parse(schema.ToJsonString());
                var legacy = LegacyOutputSchema.Of(natural);
                if (legacy.GetRawText() != natural.GetRawText())
                {
                    tool["outputSchema"] = JsonNode.Parse(legacy.GetRawText());
                    changed = true;
                }
            }
        }

        return changed ? RawJson.Write(result) : body;
    }
}
