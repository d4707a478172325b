using System.Buffers;
using System.Net;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>
/// A conversation by Streamable HTTP, of any revision: a request is a POST, and its answer a body or a stream. With
/// sessions, the server's own messages come on a standing stream.
/// </summary>
internal sealed class HttpLink : IUpstreamLink
{
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _life = new();
    private readonly UpstreamRuntimeOptions _options;
    private readonly HttpLinkOptions _httpOptions;
    private readonly HttpLinkTarget _target;
    private readonly TimeProvider _time;
    private readonly HttpMessages _messages;
    private readonly HttpCarrier _carrier;
    private HttpInbox? _inbox;
    private HttpStreams? _streams;
    private IUpstreamExchange? _others;
    private int _inFlight;

    public HttpLink(
        HttpLinkTarget target, UpstreamRuntimeOptions options, HttpLinkOptions httpOptions, TimeProvider time)
    {
        _target = target;
        _options = options;
        _httpOptions = httpOptions;
        _time = time;
        _messages = new HttpMessages(target.Endpoint);
        _carrier = new HttpCarrier(target);
    }

    /// <inheritdoc/>
    public Task<string> Ended => _ended.Task;

    /// <inheritdoc/>
    public bool KeepsNoSession => _messages.Session is null;

    /// <inheritdoc/>
    public bool AnswersAll => true;

    /// <inheritdoc/>
    public void Begin(IUpstreamExchange others)
    {
        _others = others;
        _inbox = new HttpInbox(
            new UpstreamQuestions(others, _options.QuestionsMax, AnswerAsync, _life.Token), _options);
        _streams = new HttpStreams(
            _carrier, _messages, _inbox, _httpOptions, _options.MessageBytesMax, _time);
    }

    /// <inheritdoc/>
    public void Agree(McpRevision revision) => _messages.Revision = revision;

    /// <inheritdoc/>
    public async ValueTask<UpstreamAnswer> RequestAsync(
        UpstreamRequest request, IUpstreamExchange exchange, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inFlight) > _options.RequestsInFlightMax)
        {
            Interlocked.Decrement(ref _inFlight);
            return UpstreamAnswer.Failed(UpstreamFailure.Busy);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _life.Token);
        try
        {
            var answer = await PostAsync(request, exchange, either.Token);
            if (request.Method == McpMethods.ToolsList && _messages.Revision is { RequiresStandardHeaders: true }
                && answer.Reply is { IsError: false } list)
            {
                return UpstreamAnswer.Of(list with { Body = _messages.Tools.Learn(list.Body).List });
            }

            return WantsHeaders(request, answer) && await LearnToolsAsync(request, either.Token)
                ? await PostAsync(request, exchange, either.Token)
                : answer;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            if (_life.IsCancellationRequested)
            {
                return UpstreamAnswer.Failed(UpstreamFailure.Lost);
            }

            await CancelAsync(request);
            return UpstreamAnswer.Failed(UpstreamFailure.Cancelled);
        }
        catch (IOException)
        {
            return UpstreamAnswer.Failed(UpstreamFailure.Lost);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> NotifyAsync(
        string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(parameters.Length + 96);
        JsonRpcWriter.WriteNotification(body, method, parameters.Span);
        var sent = await DeliverAsync(
            () => _messages.Post(method, parameters, body.WrittenMemory), cancellationToken);
        if (sent && method == McpMethods.Initialized && _messages.Revision is { UsesSessions: true })
        {
            _ = StandAsync();
        }

        return sent;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_ended.TrySetResult("It was closed.") && _messages.Session is not null)
        {
            await DeliverAsync(_messages.Delete, CancellationToken.None);
        }

        await _life.CancelAsync();
        if (_target.Owned is { } owned)
        {
            await owned.DisposeAsync();
        }
    }

    private async ValueTask<UpstreamAnswer> PostAsync(
        UpstreamRequest request, IUpstreamExchange exchange, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(request.Params.Length + 128);
        JsonRpcWriter.WriteRequest(body, JsonRpcId.FromNumber(request.Id), request.Method, request.Params.Span);
        var (response, failure, refusal) = await _carrier.SendAsync(
            () => _messages.Post(request.Method, request.Params, body.WrittenMemory), cancellationToken);
        if (response is null)
        {
            return UpstreamAnswer.Failed(failure, refusal);
        }

        using (response)
        {
            if (!response.IsSuccessStatusCode)
            {
                return await RefusedAsync(response, cancellationToken);
            }

            if (request.Method == McpMethods.Initialize && !_messages.TryTakeSession(response))
            {
                return UpstreamAnswer.Failed(UpstreamFailure.NotUnderstood);
            }

            return HttpMessages.IsEvents(response)
                ? await _streams!.AnswerAsync(response, request.Id, exchange, cancellationToken)
                : await ReadAnswerAsync(response, request, exchange, cancellationToken);
        }
    }

    private async ValueTask<UpstreamAnswer> ReadAnswerAsync(
        HttpResponseMessage response,
        UpstreamRequest request,
        IUpstreamExchange exchange,
        CancellationToken cancellationToken)
    {
        if (!HttpMessages.IsJson(response))
        {
            return UpstreamAnswer.Failed(
                _messages.Revision is null ? UpstreamFailure.NotUnderstood : UpstreamFailure.Lost);
        }

        if (await HttpBody.ReadAsync(response.Content, _options.MessageBytesMax, cancellationToken) is not { } body)
        {
            return UpstreamAnswer.Failed(UpstreamFailure.TooLarge);
        }

        return await _inbox!.TakeAsync(body, request.Id, exchange) ?? UpstreamAnswer.Of(UpstreamJson.BadAnswer);
    }

    /// <summary>What the server refused was not run; its JSON-RPC error says why, where it is one.</summary>
    private async ValueTask<UpstreamAnswer> RefusedAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound && _messages.Session is not null)
        {
            End("The server does not know the session any more.");
            return UpstreamAnswer.Failed(UpstreamFailure.SessionLost);
        }

        var body = HttpMessages.IsJson(response)
            ? await HttpBody.ReadAsync(response.Content, _httpOptions.ErrorBytesMax, cancellationToken) ?? default
            : default;
        if (RawJson.Parse(body)?["error"] is JsonObject error && error["code"] is JsonValue)
        {
            return UpstreamAnswer.Of(McpReply.Error(RawJson.Write(error)));
        }

        return UpstreamAnswer.Failed((int)response.StatusCode switch
        {
            429 => UpstreamFailure.Busy,
            >= 500 => UpstreamFailure.Lost,
            _ => UpstreamFailure.NotUnderstood,
        });
    }

    /// <summary>Whether a tool was not called since headers lack that we know nothing of (2026-07-28 tools).</summary>
    private bool WantsHeaders(UpstreamRequest request, in UpstreamAnswer answer) =>
        request.Method == McpMethods.ToolsCall && _messages.Revision is { RequiresStandardHeaders: true }
        && answer.Reply is { IsError: true } error
        && RawJson.Parse(error.Body)?["code"] is JsonValue code && code.TryGetValue(out int number)
        && number == McpErrorCodes.HeaderMismatch;

    private async ValueTask<bool> LearnToolsAsync(UpstreamRequest call, CancellationToken cancellationToken)
    {
        var meta = UpstreamJson.With(
            UpstreamJson.Member(call.Params, "_meta"u8), JsonEdit.Without(McpMetaKeys.ProgressToken));
        string? cursor = null;
        for (var page = 0; page < _httpOptions.ToolPagesMax; page++)
        {
            var parameters = UpstreamJson.With(
                default, new("_meta", meta), new("cursor", cursor is null ? null : RawJson.Write(cursor)));
            var list = new UpstreamRequest(call.Id, McpMethods.ToolsList, parameters);
            if (await PostAsync(list, _others!, cancellationToken) is not { Reply: { IsError: false } reply })
            {
                return false;
            }

            cursor = _messages.Tools.Learn(reply.Body).Next;
            if (cursor is null)
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>
    /// Before 2026-07-28 a request is cancelled by a notification; from then on, by the end of its response.
    /// </summary>
    private async ValueTask CancelAsync(UpstreamRequest request)
    {
        if (_messages.Revision is { UsesSessions: true } && request.Method != McpMethods.Initialize)
        {
            await NotifyAsync(McpMethods.Cancelled, UpstreamJson.Cancellation(request.Id), CancellationToken.None);
        }
    }

    private async ValueTask AnswerAsync(JsonRpcId id, McpReply answer)
    {
        var body = new ArrayBufferWriter<byte>(answer.Body.Length + 96);
        UpstreamJson.WriteAnswer(body, id, answer);
        await DeliverAsync(() => _messages.Post(null, default, body.WrittenMemory), _life.Token);
    }

    /// <summary>Sends what gets no answer, within the time that is given to such.</summary>
    private async ValueTask<bool> DeliverAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.ControlTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var (response, _, _) = await _carrier.SendAsync(make, either.Token);
            using (response)
            {
                return response?.IsSuccessStatusCode == true;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private async Task StandAsync()
    {
        try
        {
            if (await _streams!.StandAsync(_others!, _life.Token))
            {
                End("The server does not know the session any more.");
            }
        }
        catch (OperationCanceledException)
        {
            // The conversation is over.
        }
    }

    private void End(string reason)
    {
        if (_ended.TrySetResult(reason))
        {
            _ = _life.CancelAsync();
        }
    }
}
