using Microsoft.Extensions.Logging;
using Smcp.Auth;
using Smcp.Sessions;
using EventId = Smcp.Sessions.EventId;

namespace Smcp.Mcp.Sse;

/// <summary>
/// One open connection that reads one stream of a session's log, and reads it again at each bell and heartbeat. What it
/// sends stood in the log before; so a slow or lost connection costs its client nothing but time, and a grain nothing.
/// </summary>
internal sealed partial class SseConnection(
    McpExchange exchange,
    ReaderSeat seat,
    BellDesk bells,
    TenantAuthentication authentication,
    TimeProvider time,
    McpOptions options,
    ILogger<SseConnection> logger,
    CancellationToken stopping) : IAsyncDisposable
{
    private readonly SseWriter _writer = new(
        exchange.Http.Response, options.WriteTimeout, time, exchange.Egress);
    private long _admitted = time.GetTimestamp();
    private bool _registered;
    private bool _ended;

    /// <summary>Opens the stream of a GET: a new one, or the one that the id names.</summary>
    public ValueTask<StreamOpening> OpenAsync(string? lastEventId)
    {
        _registered = true;
        return exchange.Session!.Grain.OpenStreamAsync(
            exchange.Context(), seat.Reader, lastEventId, CancellationToken.None);
    }

    /// <summary>
    /// Sends what stands after <paramref name="from"/>, and what follows, until the stream ends or either side
    /// goes.
    /// </summary>
    public async Task RunAsync(EventId from, bool primes)
    {
        var page = await ReadAsync(from);
        if (page.Fault is { } fault)
        {
            await exchange.RefuseAsync(fault);
            return;
        }

        if (primes)
        {
            _writer.Prime(from, options.RetryAfter);
        }

        if (!await _writer.OpenAsync())
        {
            return;
        }

        using var gone = CancellationTokenSource.CreateLinkedTokenSource(exchange.Http.RequestAborted, stopping);
        using var heartbeat = time.CreateTimer(
            static state => ((Wakeup)state!).Ring(), seat.Bell, options.Heartbeat, options.Heartbeat);
        try
        {
            await RelayAsync(page, from, gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Not a failure: the client went, or this process does. The stream is resumed elsewhere.
            StreamEnded(exchange.Http.TraceIdentifier);
        }
    }

    public async ValueTask DisposeAsync()
    {
        bells.Remove(seat.Reader);
        if (!_registered || _ended)
        {
            return;
        }

        try
        {
            await exchange.Session!.Grain.CloseConnectionAsync(exchange.Context(), seat.Reader, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The answer went out as it should; the grain finds the connection gone when its lease ends.
            CloseFailed(exchange.Http.TraceIdentifier, exception);
        }
    }

    private async Task RelayAsync(StreamPage page, EventId from, CancellationToken cancellationToken)
    {
        var position = from;
        while (true)
        {
            foreach (var next in page.Events)
            {
                position = position with { Sequence = next.Sequence };
                _writer.WriteId(position);
                _writer.WriteMessage(next.Message.Span);
            }

            var idle = page.Events.Count == 0 && time.GetElapsedTime(_writer.LastWrite) >= options.Heartbeat / 2;
            if (idle)
            {
                _writer.WriteComment();
            }

            if ((idle || page.Events.Count > 0) && !await _writer.FlushAsync())
            {
                ReaderCutOff(exchange.Http.TraceIdentifier);
                return;
            }

            _ended = page.Ended;
            if (page.Ended || page.Close || page.Fault is not null)
            {
                return;
            }

            if (!page.More)
            {
                await seat.Bell.WaitAsync(cancellationToken);
                if (!await IsStillAdmittedAsync())
                {
                    ReaderNotAdmitted(exchange.Http.TraceIdentifier);
                    return;
                }
            }

            page = await ReadAsync(position);
        }
    }

    /// <summary>Asked, with the day's egress, at the heartbeat, however often the bell rings.</summary>
    private async ValueTask<bool> IsStillAdmittedAsync()
    {
        if (time.GetElapsedTime(_admitted) < options.Heartbeat / 2)
        {
            return true;
        }

        _admitted = time.GetTimestamp();
        return exchange.Egress is not { IsOver: true } && await authentication.IsStillAdmittedAsync(exchange);
    }

    private ValueTask<StreamPage> ReadAsync(EventId position)
    {
        _registered = true;
        return exchange.Session!.Grain.ReadStreamAsync(
            exchange.Context(), seat.Reader, position.StreamId, position.Sequence, CancellationToken.None);
    }
}
