using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// A page that a person must visit before a server lets their calls in: as each client can be told of it. Within the
/// runtime it is what 2025-11-25 has for that, an error with the elicitations that are required.
/// </summary>
internal static class UpstreamInvitation
{
    /// <summary>Why a call was not run, with the page.</summary>
    public static McpFault Of(string message, string url) =>
        new(FaultReason.Unavailable, $"{message} Nothing was run. Connect here: {url}")
        {
            Data = RawJson.Write(new JsonObject
            {
                ["elicitations"] = new JsonArray(new JsonObject
                {
                    ["mode"] = "url",
                    ["elicitationId"] = Guid.NewGuid().ToString("N"),
                    ["url"] = url,
                    ["message"] = message,
                }),
            }),
        };

    public static bool Is(McpFault fault) => fault.Reason == FaultReason.Unavailable && !fault.Data.IsEmpty;

    public static bool Is(McpReply reply) => reply.IsError
        && RawJson.Parse(reply.Body)?["code"] is JsonValue code && code.TryGetValue(out int number)
        && number == McpErrorCodes.UrlElicitationRequired;

    public static McpReply Reply(McpFault fault) => McpReply.Error(
        JsonRpcWriter.Error(McpErrorCodes.UrlElicitationRequired, fault.Message, fault.Data.Span));

    /// <summary>
    /// For a client that can be sent to a page: with a session the error that says so, without one input that is
    /// required. For any other the words, which name the page: a tool's as its result, so that the model can say them.
    /// </summary>
    public static McpReply Shape(UpstreamClient client, string method, McpReply reply)
    {
        if (!Is(reply))
        {
            return reply;
        }

        var takesUrls = client.Revision.HasUrlElicitation
            && client.Capabilities["elicitation"] is JsonObject modes && modes["url"] is JsonObject;
        if (takesUrls && client.Revision.UsesSessions)
        {
            return reply;
        }

        if (takesUrls && UpstreamShape.ToModern(method, reply) is { IsError: false } required)
        {
            return required;
        }

        var message = RawJson.Parse(reply.Body)?.Text("message") ?? string.Empty;
        return method == McpMethods.ToolsCall
            ? McpReply.Result(RawJson.Write(new JsonObject
            {
                ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = message }),
                ["isError"] = true,
            }))
            : McpReply.Error(JsonRpcWriter.Error(McpErrorCodes.InternalError, message));
    }

    /// <summary>What a server says of itself while nobody can ask it: that it may have anything.</summary>
    public static McpReply Described(UpstreamClient client, McpFault fault)
    {
        var changes = new JsonObject { ["listChanged"] = true };
        var description = new JsonObject
        {
            ["capabilities"] = new JsonObject
            {
                ["tools"] = changes,
                ["prompts"] = changes.DeepClone(),
                ["resources"] = changes.DeepClone(),
            },
            ["instructions"] = fault.Message,
        };
        if (client.Revision.UsesSessions)
        {
            description["protocolVersion"] = client.Revision.Value;
            description["serverInfo"] = UpstreamClient.Ourselves();
        }

        return McpReply.Result(RawJson.Write(description));
    }
}
