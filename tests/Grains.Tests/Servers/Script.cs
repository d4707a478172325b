using System.Text;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>Pieces of what scripted servers say.</summary>
internal static class Script
{
    /// <summary>Params of a 2026-07-28 client with these capabilities, and more members.</summary>
    public static string Params(string capabilities = "{}", string members = "")
    {
        var more = members.Length > 0 ? "," + members : string.Empty;
        return $"{{\"_meta\":{{\"{McpMetaKeys.ClientCapabilities}\":{capabilities}}}{more}}}";
    }

    public static McpReply Text(string text) => McpReply.Result(RawJson.Write(new JsonObject
    {
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
    }));

    public static string TextOf(JsonObject result) => (string)result["content"]![0]!["text"]!;

    public static McpFrame Progress(int progress) => new()
    {
        Kind = McpFrameKind.Notification,
        Method = McpMethods.Progress,
        Body = Encoding.UTF8.GetBytes($$"""{"progressToken":"first","progress":{{progress}}}"""),
    };

    public static InputRequest Elicit(string message) => new(
        McpMethods.ElicitationCreate,
        Encoding.UTF8.GetBytes($$"""{"message":"{{message}}","requestedSchema":{"type":"object"} }"""));

    /// <summary>The name that an elicitation was answered with.</summary>
    public static string NameOf(McpReply answer) =>
        answer.IsError
            ? "error"
            : (string?)JsonNode.Parse(answer.Body.Span)!["content"]?["name"] ?? "nobody";

    public static string Answers(params (string Key, string Name)[] answers) =>
        "\"inputResponses\":{" + string.Join(',', answers.Select(a =>
            $$$"""
            "{{{a.Key}}}":{"action":"accept","content":{"name":"{{{a.Name}}}"}}
            """)) + "}";

    public static string State(JsonObject result) => $"\"requestState\":\"{result["requestState"]}\"";
}
