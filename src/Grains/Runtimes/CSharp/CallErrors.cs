using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>The one place that turns what author code throws into a JSON-RPC error, and back.</summary>
internal static class CallErrors
{
    public static McpReply Reply(int code, string message, JsonNode? data = null)
    {
        var raw = data is null ? default : JsonSerializer.SerializeToUtf8Bytes(data, McpJson<JsonNode>.Info);
        return McpReply.Error(JsonRpcWriter.Error(code, message, raw));
    }

    public static McpReply MethodNotFound(string method) =>
        Reply(McpErrorCodes.MethodNotFound, $"The method '{ClientText.Clip(method)}' is not available.");

    /// <summary>The error for an exception; what is not meant for the client does not reach it.</summary>
    public static McpReply Reply(Exception exception) => exception switch
    {
        UrlElicitationRequiredException url => Reply((int)url.ErrorCode, url.Message, Elicitations(url)),
        MissingRequiredClientCapabilityException missing =>
            Reply((int)missing.ErrorCode, missing.Message, RequiredCapabilities(missing)),
        McpProtocolException protocol => Reply((int)protocol.ErrorCode, protocol.Message, Data(protocol)),
        McpException known => Reply(McpErrorCodes.InternalError, known.Message),
        JsonException => Reply(McpErrorCodes.InvalidParams, "The params cannot be read."),
        OperationCanceledException => Reply(McpErrorCodes.InternalError, "The call was cancelled."),
        _ => Reply(McpErrorCodes.InternalError, "An error occurred."),
    };

    /// <summary>The client's own error to a question, as the SDK throws it into the tool that asked.</summary>
    public static McpProtocolException Thrown(ReadOnlyMemory<byte> error)
    {
        var detail = JsonSerializer.Deserialize(error.Span, McpJson<JsonRpcErrorDetail>.Info);
        return new McpProtocolException(
            $"Request failed (remote): {detail?.Message}", (McpErrorCode)(detail?.Code ?? McpErrorCodes.InternalError));
    }

    private static JsonObject RequiredCapabilities(MissingRequiredClientCapabilityException exception) => new()
    {
        ["requiredCapabilities"] = JsonSerializer.SerializeToNode(
            exception.RequiredCapabilities, McpJson<ClientCapabilities>.Info),
    };

    private static JsonObject Elicitations(UrlElicitationRequiredException exception) => new()
    {
        ["elicitations"] = new JsonArray(
        [
            .. exception.Elicitations.Select(
                elicitation => JsonSerializer.SerializeToNode(elicitation, McpJson<ElicitRequestParams>.Info)),
        ]),
    };

    private static JsonObject? Data(McpProtocolException exception)
    {
        if (exception.Data.Count == 0)
        {
            return null;
        }

        var data = new JsonObject();
        foreach (System.Collections.DictionaryEntry entry in exception.Data)
        {
            if (entry.Key is string name)
            {
                data[name] = JsonSerializer.SerializeToNode(entry.Value, McpJson<object?>.Info);
            }
        }

        return data;
    }
}
