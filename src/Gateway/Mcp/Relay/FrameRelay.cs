using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Mcp.Answers;
using Smcp.Mcp.Sse;
using Smcp.Protocol;

namespace Smcp.Mcp.Relay;

/// <summary>
/// Relays an instance's frames to one response. They are pulled as they come into a bounded buffer; a reader who fills
/// it
/// is cut off, and that cancels the call (2026-07-28 streamable-http, "Cancellation").
/// </summary>
internal sealed partial class FrameRelay(
    McpExchange exchange,
    IEngineFailures failures,
    TenantAuthentication authentication,
    TimeProvider time,
    McpOptions options,
    ILogger<FrameRelay> logger)
{
    private static readonly McpRefusal NotAdmitted = new(
        StatusCodes.Status403Forbidden, McpErrorCodes.InvalidRequest, "The caller is admitted no longer.");

    private readonly FrameBuffer _buffer = new(options.StreamBufferBytesMax);
    private readonly SseWriter _writer = new(
        exchange.Http.Response, options.WriteTimeout, time, exchange.Egress);
    private readonly ArrayBufferWriter<byte> _message = new();
    private long _admitted = time.GetTimestamp();
    private bool _open;

    /// <summary>
    /// Runs until the answer is sent; where the frames end without one, <paramref name="last"/> is it.
    /// </summary>
    public async Task RunAsync(
        Func<CancellationToken, IAsyncEnumerable<McpFrame>> open, McpFrame last, CancellationToken cancellationToken)
    {
        var aborted = exchange.Http.RequestAborted;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, cancellationToken);
        var pump = PumpAsync(open(ended.Token), last, ended.Token);
        using var heartbeat = time.CreateTimer(
            static state => ((FrameBuffer)state!).Ring(), _buffer, options.Heartbeat, options.Heartbeat);
        try
        {
            await RelayAsync(aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The client went: the pump's end, below, is what cancels the call.
            ReaderGone(exchange.Http.TraceIdentifier);
        }
        finally
        {
            await ended.CancelAsync();
            await pump;
        }
    }

    private async Task PumpAsync(IAsyncEnumerable<McpFrame> frames, McpFrame last, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var frame in frames.WithCancellation(cancellationToken))
            {
                if (!_buffer.TryAdd(frame))
                {
                    ReaderCutOff(exchange.Http.TraceIdentifier);
                    exchange.Http.Abort();
                    return;
                }

                if (IsAnswer(frame))
                {
                    return;
                }
            }

            _buffer.TryAdd(last);
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                var failure = failures.Classify(exception);
                SourceFailed(exchange.Http.TraceIdentifier, failure, exception);
                last = ErrorFrame(McpErrorMap.Of(failure));
            }

            _buffer.TryAdd(last);
        }
        finally
        {
            _buffer.Complete();
        }
    }

    private async Task RelayAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (frame, atEnd) = _buffer.Take();
            if (frame is not null)
            {
                if (!_open && frame.Kind == McpFrameKind.Error)
                {
                    await RefuseAsync(frame);
                    return;
                }

                if (await SendAsync(frame) || IsAnswer(frame))
                {
                    return;
                }
            }
            else if (atEnd)
            {
                return;
            }
            else
            {
                await _buffer.WaitAsync(cancellationToken);
                if (!await IsStillAdmittedAsync())
                {
                    ReaderNotAdmitted(exchange.Http.TraceIdentifier);
                    await EndAsync();
                    return;
                }

                if (await KeepAliveAsync())
                {
                    return;
                }
            }
        }
    }

    /// <summary>Asked, with the day's egress, at the heartbeat, however many frames come.</summary>
    private async ValueTask<bool> IsStillAdmittedAsync()
    {
        if (time.GetElapsedTime(_admitted) < options.Heartbeat / 2)
        {
            return true;
        }

        _admitted = time.GetTimestamp();
        return exchange.Egress is not { IsOver: true } && await authentication.IsStillAdmittedAsync(exchange);
    }

    private async ValueTask EndAsync()
    {
        if (_open)
        {
            await SendAsync(ErrorFrame(NotAdmitted));
        }
        else
        {
            await exchange.RefuseAsync(NotAdmitted);
        }
    }

    /// <summary>Before the first byte the status can still say what went wrong.</summary>
    private Task RefuseAsync(McpFrame error)
    {
        if (error.Fault is { } fault)
        {
            return exchange.RefuseAsync(fault);
        }

        var reply = McpReply.Error(error.Body);
        return JsonAnswer.WriteAsync(
            exchange.Http, McpErrorMap.StatusOf(reply, exchange.Revision), exchange.Id, reply);
    }

    /// <summary>Whether the reader is gone.</summary>
    private async ValueTask<bool> SendAsync(McpFrame frame)
    {
        _message.ResetWrittenCount();
        switch (frame.Kind)
        {
            case McpFrameKind.Notification:
                JsonRpcWriter.WriteNotification(_message, frame.Method!, frame.Body.Span);
                break;
            case McpFrameKind.Result:
                JsonRpcWriter.WriteResult(_message, exchange.Id, frame.Body.Span);
                break;
            case McpFrameKind.Error:
                JsonRpcWriter.WriteError(_message, exchange.Id, frame.Body.Span);
                break;
            case McpFrameKind.Question or McpFrameKind.CloseConnection:
                // Parts of revisions with sessions; this one has no words for them.
                return false;
            default:
                throw new InvalidOperationException($"No event is defined for {frame.Kind}.");
        }

        if (!_open && await OpenAsync())
        {
            return true;
        }

        _writer.WriteMessage(_message.WrittenSpan);
        return !await _writer.FlushAsync();
    }

    private async ValueTask<bool> KeepAliveAsync()
    {
        if (time.GetElapsedTime(_writer.LastWrite) < options.Heartbeat / 2)
        {
            return false;
        }

        if (!_open)
        {
            return await OpenAsync();
        }

        _writer.WriteComment();
        return !await _writer.FlushAsync();
    }

    private async ValueTask<bool> OpenAsync()
    {
        _open = true;
        return !await _writer.OpenAsync();
    }

    private static bool IsAnswer(McpFrame frame) => frame.Kind is McpFrameKind.Result or McpFrameKind.Error;

    private static McpFrame ErrorFrame(McpRefusal refusal) => new()
    {
        Kind = McpFrameKind.Error,
        Body = JsonRpcWriter.Error(refusal.Code, refusal.Message),
    };
}
