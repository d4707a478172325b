using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Mcp.Answers;
using Smcp.Mcp.Dispatch;
using Smcp.Mcp.Routes;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Mcp.Headers;

/// <summary>
/// Knows which headers a server's tools ask for, from its own <c>tools/list</c>, kept for some seconds: a client that
/// meets a newer schema is told -32020, lists the tools again and retries (2026-07-28 streamable-http, "Client
/// Behavior").
/// </summary>
internal sealed partial class ToolHeaders(
    InstanceRoutes instances,
    CallNames names,
    TimeProvider time,
    IOptions<McpOptions> options,
    ILogger<ToolHeaders> logger)
{
    private readonly GenerationCache<(ServerRoute Route, string Principal), Kept> _kept =
        new(options.Value.RoutesKeptMax);

    /// <summary>
    /// Why the headers of a tool call do not fit its arguments. Completes at once while the tools are kept.
    /// </summary>
    public ValueTask<McpRefusal?> CheckAsync(McpExchange exchange)
    {
        var message = exchange.Message;
        if (message is not { Kind: JsonRpcKind.Request, Method: McpMethods.ToolsCall })
        {
            return new((McpRefusal?)null);
        }

        return _kept.TryGet(KeyOf(exchange), out var kept)
            && time.GetElapsedTime(kept.At) < options.Value.ToolHeadersLifetime
                ? new(Check(exchange, kept.Table))
                : ReadAndCheckAsync(exchange);
    }

    private static McpRefusal? Check(McpExchange exchange, ToolHeaderTable table)
    {
        if (table.IsEmpty)
        {
            return null;
        }

        var message = exchange.Message;
        var tool = JsonText.Unescape(message.Peek.Name.Of(message.Body.Span));
        var expected = table.Of(tool);
        var arguments = message.Peek.Arguments;
        return expected.Count == 0
            ? null
            : ToolHeaderRule.Check(
                expected, message.Body.Slice(arguments.Start, arguments.Length), exchange.Http.Request.Headers);
    }

    private async ValueTask<McpRefusal?> ReadAndCheckAsync(McpExchange exchange)
    {
        var (instance, fault) = await instances.FindAsync(exchange);
        if (instance is null)
        {
            return McpErrorMap.Of(fault!, exchange.Revision);
        }

        var table = await ReadAsync(exchange, instance);
        _kept.Set(KeyOf(exchange), new Kept(table, time.GetTimestamp()));
        return Check(exchange, table);
    }

    private async Task<ToolHeaderTable> ReadAsync(McpExchange exchange, IInstanceGrain instance)
    {
        var byTool = new Dictionary<string, IReadOnlyList<ToolHeader>>(StringComparer.Ordinal);
        string? cursor = null;
        for (var page = 0; page < options.Value.ToolPagesMax; page++)
        {
            var reply = await CallAsync(exchange, instance, cursor);
            if (reply is null || reply.IsError)
            {
                // The server has no tools to list, or cannot now: then no header is asked for, and the call itself
                // says what is wrong.
                ToolsUnread(exchange.Http.TraceIdentifier, exchange.Route.Server.ToString());
                return ToolHeaderTable.Empty;
            }

            using var document = JsonDocument.Parse(reply.Body);
            ToolHeaderTable.Read(document.RootElement, byTool);
            cursor = document.RootElement.Text("nextCursor");
            if (cursor is null)
            {
                break;
            }
        }

        return byTool.Count == 0 ? ToolHeaderTable.Empty : new ToolHeaderTable(byTool);
    }

    private async Task<McpReply?> CallAsync(McpExchange exchange, IInstanceGrain instance, string? cursor)
    {
        var context = exchange.Context();
        var cancellationToken = exchange.Http.RequestAborted;
        var call = new InstanceCall { Id = names.Next(), Call = ListCall(cursor) };
        var outcome = await instance.CallAsync(context, call, cancellationToken);
        if (outcome.Stream is not { } ticket)
        {
            return outcome.Answer;
        }

        await foreach (var frame in instance.FollowAsync(context, ticket.Call, cancellationToken))
        {
            if (frame.Kind is McpFrameKind.Result or McpFrameKind.Error)
            {
                return new McpReply { Body = frame.Body, IsError = frame.Kind == McpFrameKind.Error };
            }
        }

        return null;
    }

    private static McpCall ListCall(string? cursor)
    {
        var parameters = new Dictionary<string, object>
        {
            ["_meta"] = new Dictionary<string, object>
            {
                [McpMetaKeys.ProtocolVersion] = McpRevision.V20260728.Value,
                [McpMetaKeys.ClientCapabilities] = new Dictionary<string, object>(),
            },
        };
        if (cursor is not null)
        {
            parameters["cursor"] = cursor;
        }

        return new McpCall
        {
            Method = McpMethods.ToolsList,
            Id = JsonRpcId.FromText("tool-headers"),
            Params = JsonSerializer.SerializeToUtf8Bytes(parameters),
        };
    }

    private static (ServerRoute Route, string Principal) KeyOf(McpExchange exchange) =>
        (exchange.Route, exchange.Caller.Principal.ToString());

    private sealed record Kept(ToolHeaderTable Table, long At);
}
