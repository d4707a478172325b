using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>
/// A client's answers to questions, by their keys. An answer that does not have the form which its question asks for
/// is as good as none: the question is asked again (2026-07-28 MRTR, error handling).
/// </summary>
internal sealed class InputResponses(JsonObject? responses)
{
    public static InputResponses Of(JsonObject? parameters) => new(parameters?["inputResponses"] as JsonObject);

    /// <summary>The answer to a question, or null where there is none that fits.</summary>
    public McpReply? Find(string key, InputRequest question) =>
        responses?[key] is JsonObject answer && Fits(question.Method, answer)
            ? McpReply.Result(RawJson.Write(answer))
            : null;

    private static bool Fits(string method, JsonObject answer) => method switch
    {
        McpMethods.ElicitationCreate => answer.Text("action") is "accept" or "decline" or "cancel"
            && (!answer.TryGetPropertyValue("content", out var content) || content is null or JsonObject),
        McpMethods.SamplingCreateMessage => answer.Text("role") is not null && answer["content"] is not null,
        McpMethods.RootsList => answer["roots"] is JsonArray,
        _ => false,
    };
}
