using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

/// <summary>Writes and reads the results and maps of multi round-trip requests (2026-07-28 MRTR).</summary>
internal static class InputRequired
{
    /// <summary>Whether a request may be answered with <c>input_required</c>.</summary>
    public static bool Allows(string method) =>
        method is McpMethods.ToolsCall or McpMethods.PromptsGet or McpMethods.ResourcesRead;

    /// <summary>Whether a request may be one that continues; a cheap look, so that only those are read.</summary>
    public static bool MayContinue(McpCall call) =>
        Allows(call.Method) && call.Params.Span.IndexOf("\"requestState\""u8) >= 0;

    /// <summary>The questions as a map of requests by their keys.</summary>
    public static JsonObject Requests(IReadOnlyList<PendingQuestion> questions)
    {
        var requests = new JsonObject();
        foreach (var question in questions)
        {
            var request = new JsonObject { ["method"] = question.Request.Method };
            if (RawJson.Parse(question.Request.Params) is { } parameters)
            {
                request["params"] = parameters;
            }

            requests[question.Id] = request;
        }

        return requests;
    }

    public static McpReply Result(IReadOnlyList<PendingQuestion> questions, string requestState) =>
        McpReply.Result(RawJson.Write(new JsonObject
        {
            ["resultType"] = "input_required",
            ["inputRequests"] = Requests(questions),
            ["requestState"] = requestState,
        }));
}
