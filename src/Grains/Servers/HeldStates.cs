using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

/// <summary>
/// States that a server gives its client to hold: it returned <c>input_required</c> itself and does not wait. Its
/// state goes out sealed in ours and comes back to it as it was, once.
/// </summary>
internal sealed class HeldStates(InstanceOptions options, RequestStates states, ConsumedStates consumed)
{
    private static readonly McpReply Misplaced = McpReply.Error(JsonRpcWriter.Error(
        McpErrorCodes.InternalError, "The server asked for input on a request that does not allow it."));

    /// <summary>The server's <c>input_required</c>, as its client may get it.</summary>
    public async ValueTask<McpReply> WrapAsync(InFlightCall call, McpReply reply)
    {
        var result = RawJson.Parse(reply.Body);
        var requests = result?["inputRequests"] as JsonObject;
        var inner = result?.Text("requestState");
        if (result is null || !InputRequired.Allows(call.Request.Call.Method) || (requests is null && inner is null)
            || inner?.Length > options.RequestStateBytesMax)
        {
            return Misplaced;
        }

        if (RefuseUndeclared(call, requests) is { } fault)
        {
            return McpReply.Error(fault.ErrorBody());
        }

        if (inner is null)
        {
            return reply;
        }

        var state = states.Create(call.Caller, call.Request.Call) with { Inner = inner };
        result["requestState"] = await states.SealAsync(state);
        return McpReply.Result(RawJson.Write(result));
    }

    /// <summary>
    /// The request with the server's own state in place of ours, which is used with this; or why not.
    /// </summary>
    public async ValueTask<(McpCall? Request, McpFault? Fault)> UnwrapAsync(
        McpCall request, RequestState state, JsonObject parameters)
    {
        if (await consumed.ConsumeAsync(new ConsumedState(state.Nonce, state.ExpiresAt)) is { } fault)
        {
            return (null, fault);
        }

        parameters["requestState"] = state.Inner;
        return (request with { Params = RawJson.Write(parameters) }, null);
    }

    // 2026-07-28 MRTR, server requirement 7.
    private static McpFault? RefuseUndeclared(InFlightCall call, JsonObject? requests)
    {
        var capabilities = ClientCapabilities.OfRequest(call.Request.Call);
        foreach (var (_, request) in requests ?? [])
        {
            if (request is not JsonObject question)
            {
                continue;
            }

            var method = question.Text("method") ?? string.Empty;
            if (capabilities.Refuse(call.Revision, method, question["params"] as JsonObject) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
