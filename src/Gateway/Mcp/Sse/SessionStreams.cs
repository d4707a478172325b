using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Auth;
using Smcp.Protocol;
using EventId = Smcp.Sessions.EventId;

namespace Smcp.Mcp.Sse;

/// <summary>
/// Opens the SSE connections of sessions: those of a POST that turned to a stream, and those of a GET.
/// </summary>
internal sealed class SessionStreams(
    BellDesk bells,
    TenantAuthentication authentication,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    IOptions<McpOptions> options,
    ILogger<SseConnection> logger)
{
    /// <summary>Follows the stream of a call, from its beginning.</summary>
    public async Task FollowAsync(McpExchange exchange, long streamId)
    {
        await using var connection = await ConnectAsync(exchange);
        await connection.RunAsync(new EventId(streamId, 0), primes: exchange.Revision.PrimesStreams);
    }

    /// <summary>Serves a GET: a new stream, or the one that Last-Event-ID names.</summary>
    public async Task OpenAsync(McpExchange exchange)
    {
        await using var connection = await ConnectAsync(exchange);
        var header = exchange.Http.Request.Headers[McpHeaders.LastEventId];
        var lastEventId = header.Count == 0 ? null : header.ToString();
        var opening = await connection.OpenAsync(lastEventId);
        if (opening.Fault is { } fault)
        {
            await exchange.RefuseAsync(fault);
            return;
        }

        await connection.RunAsync(
            new EventId(opening.StreamId, opening.AfterSequence),
            primes: exchange.Revision.PrimesStreams && lastEventId is null);
    }

    private async ValueTask<SseConnection> ConnectAsync(McpExchange exchange)
    {
        var (reader, bell) = await bells.RegisterAsync();
        var seat = new ReaderSeat(reader, bell);
        return new SseConnection(
            exchange, seat, bells, authentication, time, options.Value, logger, lifetime.ApplicationStopping);
    }
}
