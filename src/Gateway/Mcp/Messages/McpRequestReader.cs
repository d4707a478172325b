using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Mcp.Answers;
using Smcp.Mcp.Headers;
using Smcp.Network;
using Smcp.Network.Rules;
using Smcp.Protocol;

namespace Smcp.Mcp.Messages;

// :: 4 protocol: bytes to messages; RevisionGate then finds the revision that they are valid for.
internal sealed class McpRequestReader(
    IOptions<McpOptions> mcp, IOptions<NetworkOptions> network, RequestRules rules, TimeProvider time)
{
    private const string Json = "application/json";
    private const string JsonInUtf8 = "application/json; charset=utf-8";
    private const string EventStream = "text/event-stream";

    private static readonly McpRefusal NotAcceptable = new(
        StatusCodes.Status406NotAcceptable, McpErrorCodes.InvalidRequest,
        "Accept must list application/json and text/event-stream.");

    private static readonly McpRefusal NoStreamAcceptable = new(
        StatusCodes.Status406NotAcceptable, McpErrorCodes.InvalidRequest, "Accept must list text/event-stream.");

    private static readonly McpRefusal NotJson = new(
        StatusCodes.Status415UnsupportedMediaType, McpErrorCodes.InvalidRequest,
        "Content-Type must be application/json, in UTF-8 and without content coding.");

    private readonly JsonRpcLimits _limits = new(mcp.Value.DepthMax, mcp.Value.BatchMax);
    private readonly int _bytesMax = network.Value.BodyBytesMax;

    /// <summary>Why the headers of a POST do not fit, before a byte of its body is read.</summary>
    public McpRefusal? CheckPost(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (!AcceptHeader.Accepts(accept, Json) || !AcceptHeader.Accepts(accept, EventStream))
        {
            return NotAcceptable;
        }

        if (!IsJson(request.ContentType) || request.Headers.ContentEncoding.Count > 0)
        {
            return NotJson;
        }

        return request.ContentLength > _bytesMax ? TooLarge : null;
    }

    /// <summary>Why a GET does not fit.</summary>
    public static McpRefusal? CheckGet(HttpRequest request) =>
        AcceptHeader.Accepts(request.Headers.Accept, EventStream) ? null : NoStreamAcceptable;

    /// <summary>
    /// Reads a body whole, in bounded space and time. For a small one that came with its headers this never waits.
    /// </summary>
    public async ValueTask ReadAsync(McpExchange exchange)
    {
        var request = exchange.Http.Request;
        var reader = request.BodyReader;
        ITimer? deadline = null;
        try
        {
            while (true)
            {
                var read = reader.ReadAsync();
                if (!read.IsCompleted)
                {
                    deadline ??= time.CreateTimer(
                        static state => ((PipeReader)state!).CancelPendingRead(), reader,
                        network.Value.BodyTimeout, Timeout.InfiniteTimeSpan);
                }

                var result = await read;
                var buffer = result.Buffer;
                if (result.IsCanceled || buffer.Length > _bytesMax)
                {
                    reader.AdvanceTo(buffer.End);
                    exchange.Body = McpBody.Refused(result.IsCanceled ? TooSlow : TooLarge);
                    return;
                }

                if (result.IsCompleted || buffer.Length == request.ContentLength)
                {
                    exchange.Body = Parse(exchange.Http, buffer);
                    reader.AdvanceTo(buffer.End);
                    return;
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (IOException exception)
            when (exception is not BadHttpRequestException && !exchange.Http.RequestAborted.IsCancellationRequested)
        {
            // Kestrel says so of a chunk's size that no number holds; its client is still there to be told.
            exchange.Body = McpBody.Refused(Unreadable);
            exchange.Http.Response.Headers.Connection = "close";
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    private static McpRefusal Unreadable => new(
        StatusCodes.Status400BadRequest, McpErrorCodes.InvalidRequest, "The request is not valid HTTP.");

    private McpRefusal TooLarge => new(
        StatusCodes.Status413PayloadTooLarge, McpErrorCodes.InvalidRequest,
        $"A body has at most {_bytesMax} bytes.");

    private static McpRefusal TooSlow => new(
        StatusCodes.Status408RequestTimeout, McpErrorCodes.InvalidRequest, "The body did not arrive in time.");

    private McpBody Parse(HttpContext http, in ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsSingleSegment)
        {
            return Parse(http, buffer.FirstSpan);
        }

        var length = (int)buffer.Length;
        var joined = ArrayPool<byte>.Shared.Rent(length);
        buffer.CopyTo(joined);
        var body = Parse(http, joined.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(joined);
        return body;
    }

    private McpBody Parse(HttpContext http, ReadOnlySpan<byte> body)
    {
        if (rules.CheckBody(http, body) is { } met)
        {
            return McpBody.Refused(new McpRefusal(met.Status, McpErrorCodes.InvalidRequest, met.Message));
        }

        if (!JsonRpcReader.IsBatch(body))
        {
            var fault = JsonRpcReader.Read(body, _limits, out var message);
            return fault is null ? McpBody.Of(McpInbound.Own(in message, body)) : Refused(fault);
        }

        var batchFault = JsonRpcReader.ReadBatch(body, _limits, out var messages);
        if (batchFault is not null)
        {
            return Refused(batchFault);
        }

        var owned = new McpInbound[messages.Count];
        for (var i = 0; i < owned.Length; i++)
        {
            owned[i] = McpInbound.Own(messages[i], body);
        }

        return McpBody.Of(owned);
    }

    private static McpBody Refused(JsonRpcFault fault) =>
        McpBody.Refused(new McpRefusal(StatusCodes.Status400BadRequest, fault.Code, fault.Message), fault.Id);

    private static bool IsJson(string? contentType)
    {
        if (string.Equals(contentType, Json, StringComparison.OrdinalIgnoreCase)
            || string.Equals(contentType, JsonInUtf8, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue
                || type.Charset.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
