using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using SdkInputRequest = ModelContextProtocol.Protocol.InputRequest;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// A handler that throws <see cref="InputRequiredException"/> holds its state itself and asks to be called again. A
/// 2026-07-28 client does that;
/// for a client with a session it is done here, with the client asked in between (SEP-2322).
/// </summary>
internal static class InputRounds
{
    public static async ValueTask<RoundOutcome<TResult>> RunAsync<TParams, TResult>(
        CallServer call,
        RequestContext<TParams> context,
        McpRequestHandler<TParams, TResult> handler,
        int roundsMax,
        CancellationToken cancellationToken)
        where TParams : RequestParams
        where TResult : Result
    {
        for (var round = 1; ; round++)
        {
            InputRequiredException required;
            try
            {
                return new RoundOutcome<TResult>(await handler(context, cancellationToken), null);
            }
            catch (InputRequiredException exception)
            {
                required = exception;
            }

            if (!call.Revision.UsesSessions)
            {
                return new RoundOutcome<TResult>(null, required.Result);
            }

            if (round > roundsMax)
            {
                throw new McpException($"The server asked for input more than {roundsMax} times.");
            }

            context = await NextAsync(call, context, required.Result, cancellationToken);
        }
    }

    private static async ValueTask<RequestContext<TParams>> NextAsync<TParams>(
        CallServer call,
        RequestContext<TParams> last,
        InputRequiredResult required,
        CancellationToken cancellationToken)
        where TParams : RequestParams
    {
        if (required.InputRequests is not { Count: > 0 } questions)
        {
            throw new McpException("The server asks to be called again, and a client with a session is not told to.");
        }

        var answers = await Task.WhenAll(questions.Select(
            async question => (question.Key, Answer: await AskAsync(call, question.Value, cancellationToken))));
        var parameters = last.Params;
        parameters.InputResponses = answers.ToDictionary(
            answer => answer.Key, answer => answer.Answer, StringComparer.Ordinal);
        parameters.RequestState = required.RequestState;
        return new RequestContext<TParams>(call, last.JsonRpcRequest, parameters)
        {
            MatchedPrimitive = last.MatchedPrimitive,
        };
    }

    private static async Task<InputResponse> AskAsync(
        CallServer call, SdkInputRequest question, CancellationToken cancellationToken)
    {
        var parameters = question.Params is { } raw ? JsonObject.Create(raw) : null;
        var answer = await call.AskAsync(question.Method, parameters, cancellationToken);
        return JsonSerializer.Deserialize(answer.Span, McpJson<InputResponse>.Info)
            ?? throw new McpException($"The answer to {question.Method} is empty.");
    }
}
