using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Smcp.Protocol;

namespace Smcp.Mcp.Answers;

// :: 9 back: an answer as one JSON object.
/// <summary>Writes answers that are no stream, straight to the socket's buffer and with their length.</summary>
internal static class JsonAnswer
{
    private const string MediaType = "application/json";

    public static Task WriteAsync(HttpContext context, int status, JsonRpcId id, McpReply reply)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = MediaType;
        response.ContentLength = JsonRpcWriter.AnswerLength(id, reply.IsError, reply.Body.Length);
        if (reply.IsError)
        {
            JsonRpcWriter.WriteError(response.BodyWriter, id, reply.Body.Span);
        }
        else
        {
            JsonRpcWriter.WriteResult(response.BodyWriter, id, reply.Body.Span);
        }

        return FlushAsync(response);
    }

    /// <summary>The answers of a batch (2025-03-26), in one array.</summary>
    public static Task WriteBatchAsync(
        HttpContext context, IReadOnlyList<McpCall> calls, IReadOnlyList<McpReply> answers)
    {
        var response = context.Response;
        response.ContentType = MediaType;
        response.ContentLength = 1 + calls.Zip(answers, AnswerLength).Sum();
        var output = response.BodyWriter;
        for (var i = 0; i < answers.Count; i++)
        {
            output.Write(i == 0 ? "["u8 : ","u8);
            if (answers[i].IsError)
            {
                JsonRpcWriter.WriteError(output, calls[i].Id, answers[i].Body.Span);
            }
            else
            {
                JsonRpcWriter.WriteResult(output, calls[i].Id, answers[i].Body.Span);
            }
        }

        output.Write("]"u8);
        return FlushAsync(response);
    }

    public static Task RefuseAsync(HttpContext context, McpRefusal refusal, JsonRpcId id)
    {
        var headers = context.Response.Headers;
        if (refusal.RetryAfter is { } wait)
        {
            headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        refusal.Limit?.Write(headers, refusal.RetryAfter);
        if (refusal.Challenge is { } challenge)
        {
            headers.WWWAuthenticate = challenge;
        }

        if (refusal.Allow is { } allow)
        {
            headers.Allow = allow;
        }

        var error = JsonRpcWriter.Error(refusal.Code, refusal.Message, refusal.Data.Span);
        return WriteAsync(context, refusal.Status, id, McpReply.Error(error));
    }

    public static Task AcceptedAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>With the comma before it, or the bracket.</summary>
    private static long AnswerLength(McpCall call, McpReply answer) =>
        1L + JsonRpcWriter.AnswerLength(call.Id, answer.IsError, answer.Body.Length);

    private static Task FlushAsync(HttpResponse response)
    {
        var flush = response.BodyWriter.FlushAsync();
        return flush.IsCompletedSuccessfully ? Task.CompletedTask : flush.AsTask();
    }
}
