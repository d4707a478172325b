using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// The rounds of a call whose server returns <c>input_required</c>, for a client with a session: it is asked in the
/// middle of its call, and the server is called again as it said (2026-07-28 MRTR). The state is the server's, so that
/// is no second run of ours.
/// </summary>
internal static class UpstreamRounds
{
    /// <summary>The params of the next round, or how the call ends.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Params, McpReply? Failed)> NextAsync(
        UpstreamCall call,
        ReadOnlyMemory<byte> parameters,
        McpReply required,
        bool mayContinue,
        CancellationToken cancellationToken)
    {
        var result = RawJson.Parse(required.Body);
        var requests = result?["inputRequests"] as JsonObject;
        var state = result?.Text("requestState");
        if (!mayContinue || (requests is null && state is null))
        {
            return (default, Failed(call.Method, "The server asked for input too often, or for none."));
        }

        var answers = await Task.WhenAll((requests ?? []).Select(
            async request => (request.Key, Reply: await AskAsync(call, request.Value, cancellationToken))));
        var responses = new JsonObject();
        foreach (var (key, reply) in answers)
        {
            if (reply.IsError)
            {
                var text = RawJson.Parse(reply.Body)?.Text("message") ?? "no reason given";
                return (default, Failed(call.Method, $"The client did not give the input that was asked for: {text}"));
            }

            responses[key] = RawJson.Parse(reply.Body);
        }

        var next = UpstreamJson.With(
            parameters,
            new("inputResponses", RawJson.Write(responses)),
            new("requestState", state is null ? null : RawJson.Write(state)));
        return (next, null);
    }

    private static async Task<McpReply> AskAsync(
        UpstreamCall call, JsonNode? request, CancellationToken cancellationToken)
    {
        var method = (request as JsonObject)?.Text("method") ?? string.Empty;
        ReadOnlyMemory<byte> parameters = request?["params"] is JsonObject given ? RawJson.Write(given) : default;
        return await call.AskedAsync(new InputRequest(method, parameters), cancellationToken);
    }

    /// <summary>A tool that failed is a result that the model can read; anything else an error.</summary>
    private static McpReply Failed(string method, string message) => method == McpMethods.ToolsCall
        ? McpReply.Result(RawJson.Write(new JsonObject
        {
            ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = message }),
            ["isError"] = true,
        }))
        : McpReply.Error(JsonRpcWriter.Error(McpErrorCodes.InternalError, message));
}
