using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Smcp.Quotas;
using Smcp.Sessions;

namespace Smcp.Mcp.Sse;

// :: 9 back: events to the socket.
/// <summary>
/// Writes server-sent events (WHATWG HTML section 9.2) to one response. Not for two writers at a time.
/// </summary>
internal sealed class SseWriter(
    HttpResponse response, TimeSpan writeTimeout, TimeProvider time, DayTally? egress)
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    private readonly PipeWriter _output = response.BodyWriter;

    /// <summary>When bytes last went out.</summary>
    public long LastWrite { get; private set; } = time.GetTimestamp();

    /// <summary>Sends the head of a stream that has no events: its call was cancelled.</summary>
    public static Task WriteEmptyAsync(HttpResponse response)
    {
        WriteHead(response);
        return response.StartAsync();
    }

    /// <summary>Sends the response's head at once, so that the client knows that its stream is open.</summary>
    public ValueTask<bool> OpenAsync()
    {
        WriteHead(response);
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return FlushAsync();
    }

    /// <summary>Says where to resume before there is an event, and when to come back (2025-11-25 transports).</summary>
    public void Prime(EventId id, TimeSpan retryAfter)
    {
        WriteId(id);
        WriteRetry(retryAfter);
        _output.Write("data: \n\n"u8);
    }

    /// <summary>Says when to come back.</summary>
    public void WriteRetry(TimeSpan retryAfter) =>
        WriteText(FormattableString.Invariant($"retry: {(long)retryAfter.TotalMilliseconds}\n"));

    public void WriteId(EventId id) => WriteText(FormattableString.Invariant($"id: {id}\n"));

    /// <summary>
    /// One message as an event. Between the tokens of JSON a line may end, which would end the field too: each line
    /// becomes a field of its own, and a reader joins them.
    /// </summary>
    public void WriteMessage(ReadOnlySpan<byte> message)
    {
        while (true)
        {
            var end = message.IndexOfAny(LineEnds);
            _output.Write("data: "u8);
            _output.Write(end < 0 ? message : message[..end]);
            _output.Write("\n"u8);
            if (end < 0)
            {
                _output.Write("\n"u8);
                return;
            }

            message = message[(end + 1)..];
        }
    }

    /// <summary>A line that means nothing, so that nobody on the way takes the connection for dead.</summary>
    public void WriteComment() => _output.Write(":\n\n"u8);

    /// <summary>
    /// Sends what was written. False when the reader is gone, or took nothing for so long that it was cut off.
    /// </summary>
    public async ValueTask<bool> FlushAsync()
    {
        LastWrite = time.GetTimestamp();
        egress?.Add(_output.UnflushedBytes);
        var flush = _output.FlushAsync();
        if (flush.IsCompletedSuccessfully)
        {
            return !flush.Result.IsCompleted;
        }

        try
        {
            var result = await flush.AsTask().WaitAsync(writeTimeout, time);
            return !result.IsCompleted;
        }
        catch (TimeoutException)
        {
            response.HttpContext.Abort();
            return false;
        }
    }

    private static void WriteHead(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private void WriteText(string text) => Encoding.UTF8.GetBytes(text, _output);
}
