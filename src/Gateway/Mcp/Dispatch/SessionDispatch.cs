using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Mcp.Answers;
using Smcp.Mcp.Messages;
using Smcp.Mcp.Routes;
using Smcp.Mcp.Sse;
using Smcp.Protocol;
using Smcp.Sessions;

namespace Smcp.Mcp.Dispatch;

/// <summary>
/// The way of the revisions with sessions: one grain call down. A client that disconnects cancels nothing (2025-11-25
/// transports), so no call
/// here hangs on the connection.
/// </summary>
internal sealed class SessionDispatch(
    KnownSessions sessions, SessionStreams streams, IOptions<McpOptions> options)
{
    private const int SessionIdBytes = 32;

    public async Task InitializeAsync(McpExchange exchange)
    {
        var id = SessionId.Parse(RandomText.Token(SessionIdBytes));
        var session = sessions.Make(exchange.Route, id, exchange.Caller.Principal, exchange.Revision);
        var outcome = await session.Grain.InitializeAsync(
            exchange.Context(), exchange.Message.ToCall(), CancellationToken.None);
        if (outcome.Answer is not { } answer)
        {
            await exchange.RefuseAsync(outcome.Fault ?? McpErrorMap.NoAnswer);
            return;
        }

        if (!answer.IsError)
        {
            sessions.Add(exchange.Route, session);
            exchange.Http.Response.Headers[McpHeaders.SessionId] = id.ToString();
        }

        await JsonAnswer.WriteAsync(exchange.Http, StatusCodes.Status200OK, exchange.Id, answer);
    }

    public async Task CallAsync(McpExchange exchange)
    {
        var session = exchange.Session!;
        var outcome = await session.Grain.CallAsync(
            exchange.Context(), exchange.Message.ToCall(), CancellationToken.None);
        if (outcome.Answer is { } answer)
        {
            await JsonAnswer.WriteAsync(exchange.Http, StatusCodes.Status200OK, exchange.Id, answer);
        }
        else if (outcome.Stream is { } ticket)
        {
            await streams.FollowAsync(exchange, ticket.StreamId);
        }
        else
        {
            await RefuseAsync(exchange, outcome.Fault ?? McpErrorMap.NoAnswer);
        }
    }

    public async Task BatchAsync(McpExchange exchange)
    {
        var calls = new List<McpCall>();
        foreach (var message in exchange.Body.Batch!)
        {
            if (message.Kind == JsonRpcKind.Request)
            {
                calls.Add(message.ToCall());
            }
            else if (await TakeAsync(exchange, message) is { } fault)
            {
                await RefuseAsync(exchange, fault);
                return;
            }
        }

        if (calls.Count == 0)
        {
            await JsonAnswer.AcceptedAsync(exchange.Http);
            return;
        }

        var outcome = await exchange.Session!.Grain.CallBatchAsync(exchange.Context(), calls, CancellationToken.None);
        if (outcome.Answers is { } answers)
        {
            await JsonAnswer.WriteBatchAsync(exchange.Http, calls, answers);
        }
        else if (outcome.Stream is { } ticket)
        {
            await streams.FollowAsync(exchange, ticket.StreamId);
        }
        else
        {
            await RefuseAsync(exchange, outcome.Fault ?? McpErrorMap.NoAnswer);
        }
    }

    /// <summary>A notification, or the answer to a question of the server.</summary>
    public async Task TakeAsync(McpExchange exchange)
    {
        if (await TakeAsync(exchange, exchange.Message) is { } fault)
        {
            await RefuseAsync(exchange, fault);
            return;
        }

        await JsonAnswer.AcceptedAsync(exchange.Http);
    }

    public async Task OpenAsync(McpExchange exchange)
    {
        var session = exchange.Session!;
        if (!session.TryOpenStream(options.Value.StreamsPerSessionMax))
        {
            await exchange.RefuseAsync(new McpFault(
                FaultReason.LimitExceeded, "The session has as many streams open as it may."));
            return;
        }

        try
        {
            await streams.OpenAsync(exchange);
        }
        finally
        {
            session.CloseStream();
        }
    }

    public async Task DeleteAsync(McpExchange exchange)
    {
        var fault = await exchange.Session!.Grain.DeleteAsync(exchange.Context(), CancellationToken.None);
        if (fault is not null)
        {
            await RefuseAsync(exchange, fault);
            return;
        }

        sessions.Forget(exchange.Route, exchange.Session);
        exchange.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static ValueTask<McpFault?> TakeAsync(McpExchange exchange, McpInbound message)
    {
        var grain = exchange.Session!.Grain;
        return message.Kind == JsonRpcKind.Notification
            ? grain.NotifyAsync(exchange.Context(), message.ToCall(), CancellationToken.None)
            : grain.AnswerAsync(exchange.Context(), message.Id, message.ToReply(), CancellationToken.None);
    }

    private Task RefuseAsync(McpExchange exchange, McpFault fault)
    {
        if (fault.Reason == FaultReason.SessionNotFound)
        {
            sessions.Forget(exchange.Route, exchange.Session!);
        }

        // Nobody waits for the answer of a call that its client cancelled: a stream without events says so in the
        // protocol's words.
        return fault.Reason == FaultReason.Cancelled
            ? SseWriter.WriteEmptyAsync(exchange.Http.Response)
            : exchange.RefuseAsync(fault);
    }
}
