using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>
/// A conversation by HTTP+SSE, the transport of 2024-11-05 that later revisions deprecate: what the server says comes
/// on one stream, and what we say goes by POST to the address that the stream names first. The stream cannot be
/// resumed, so its end is the conversation's.
/// </summary>
internal sealed class SseLink : IUpstreamLink
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<UpstreamAnswer>> _pending = [];
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri?> _inbox = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _life = new();
    private readonly UpstreamRuntimeOptions _options;
    private readonly HttpLinkTarget _target;
    private readonly HttpCarrier _carrier;
    private readonly TimeProvider _time;
    private UpstreamQuestions? _questions;
    private (UpstreamFailure Failure, McpFault? Refusal) _failure = (UpstreamFailure.NotUnderstood, null);
    private int _inFlight;

    public SseLink(HttpLinkTarget target, UpstreamRuntimeOptions options, TimeProvider time)
    {
        _target = target;
        _options = options;
        _time = time;
        _carrier = new HttpCarrier(target);
    }

    /// <inheritdoc/>
    public Task<string> Ended => _ended.Task;

    /// <inheritdoc/>
    public void Begin(IUpstreamExchange others)
    {
        _questions = new UpstreamQuestions(others, _options.QuestionsMax, AnswerAsync, _life.Token);
        _ = ReadAsync(others);
    }

    /// <inheritdoc/>
    public void Agree(McpRevision revision)
    {
        // The transport is of one revision only, and knows no header for it.
    }

    /// <inheritdoc/>
    public async ValueTask<UpstreamAnswer> RequestAsync(
        UpstreamRequest request, IUpstreamExchange exchange, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inFlight) > _options.RequestsInFlightMax)
        {
            Interlocked.Decrement(ref _inFlight);
            return UpstreamAnswer.Failed(UpstreamFailure.Busy);
        }

        var pending = new TaskCompletionSource<UpstreamAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[request.Id] = pending;
        try
        {
            var body = new ArrayBufferWriter<byte>(request.Params.Length + 128);
            JsonRpcWriter.WriteRequest(body, JsonRpcId.FromNumber(request.Id), request.Method, request.Params.Span);
            var (failure, refusal) = await PostAsync(body.WrittenMemory, cancellationToken);
            return failure == UpstreamFailure.None
                ? await pending.Task.WaitAsync(cancellationToken)
                : UpstreamAnswer.Failed(failure, refusal);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (request.Method != McpMethods.Initialize)
            {
                await NotifyAsync(McpMethods.Cancelled, UpstreamJson.Cancellation(request.Id), CancellationToken.None);
            }

            return UpstreamAnswer.Failed(UpstreamFailure.Cancelled);
        }
        finally
        {
            _pending.TryRemove(request.Id, out _);
            Interlocked.Decrement(ref _inFlight);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> NotifyAsync(
        string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(parameters.Length + 96);
        JsonRpcWriter.WriteNotification(body, method, parameters.Span);
        return await DeliverAsync(body.WrittenMemory, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync("It was closed.");
        if (_target.Owned is { } owned)
        {
            await owned.DisposeAsync();
        }
    }

    private async Task ReadAsync(IUpstreamExchange others)
    {
        var reason = "The server's stream ended.";
        try
        {
            var (response, failure, refusal) = await _carrier.SendAsync(
                () => Create(HttpMethod.Get, null), _life.Token);
            using (response)
            {
                _failure = response is null ? (failure, refusal) : _failure;
                if (response is { IsSuccessStatusCode: true } && HttpMessages.IsEvents(response))
                {
                    _failure = (UpstreamFailure.Lost, null);
                    await using var events = new SseReader(
                        await response.Content.ReadAsStreamAsync(_life.Token), _options.MessageBytesMax);
                    while (await events.ReadAsync(_life.Token) is { } next)
                    {
                        await TakeAsync(next, others);
                    }
                }
            }
        }
        catch (InvalidDataException exception)
        {
            reason = exception.Message;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            reason = "The server's stream broke off.";
        }

        await EndAsync(reason);
    }

    private async ValueTask TakeAsync(SseEvent next, IUpstreamExchange others)
    {
        if (next.Name == "endpoint")
        {
            // With the tenant's credential in its headers a message goes to the origin that the tenant named only.
            var named = Uri.TryCreate(_target.Endpoint, Encoding.UTF8.GetString(next.Data.Span), out var uri)
                && uri.GetLeftPart(UriPartial.Authority) == _target.Endpoint.GetLeftPart(UriPartial.Authority);
            _inbox.TrySetResult(named ? uri : null);
            return;
        }

        var limits = new JsonRpcLimits(_options.DepthMax, 1);
        if (next.Data.IsEmpty || JsonRpcReader.Read(next.Data.Span, limits, out var message) is not null)
        {
            return;
        }

        switch (message.Kind)
        {
            case JsonRpcKind.Response:
                Settle(message.Id, UpstreamAnswer.Of(UpstreamJson.Reply(message, next.Data)));
                break;
            case JsonRpcKind.Request:
                _questions!.Take(message.Id, new InputRequest(message.Method, UpstreamJson.Params(message, next.Data)));
                break;
            case JsonRpcKind.Notification when message.Method == McpMethods.Cancelled:
                _questions!.Withdraw(UpstreamJson.CancelledId(UpstreamJson.Params(message, next.Data)));
                break;
            default:
                await others.NotifiedAsync(UpstreamJson.Notification(message, next.Data));
                break;
        }
    }

    private void Settle(JsonRpcId id, UpstreamAnswer answer)
    {
        if (long.TryParse(id.Token, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && _pending.TryGetValue(number, out var pending))
        {
            pending.TrySetResult(answer);
        }
    }

    private async ValueTask AnswerAsync(JsonRpcId id, McpReply answer)
    {
        var body = new ArrayBufferWriter<byte>(answer.Body.Length + 96);
        UpstreamJson.WriteAnswer(body, id, answer);
        await DeliverAsync(body.WrittenMemory, _life.Token);
    }

    private async ValueTask<bool> DeliverAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.ControlTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return (await PostAsync(body, either.Token)).Failure == UpstreamFailure.None;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async ValueTask<(UpstreamFailure Failure, McpFault? Refusal)> PostAsync(
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (await _inbox.Task.WaitAsync(cancellationToken) is not { } address)
        {
            return _failure;
        }

        if (_ended.Task.IsCompleted)
        {
            return (UpstreamFailure.NotSent, null);
        }

        var (response, failure, refusal) = await _carrier.SendAsync(
            () => Create(HttpMethod.Post, address, body), cancellationToken);
        using (response)
        {
            return response switch
            {
                null => (failure, refusal),
                { IsSuccessStatusCode: true } => (UpstreamFailure.None, null),
                _ => ((int)response.StatusCode >= 500 ? UpstreamFailure.Lost : UpstreamFailure.NotUnderstood, null),
            };
        }
    }

    private HttpRequestMessage Create(HttpMethod verb, Uri? address, ReadOnlyMemory<byte> body = default)
    {
        var request = new HttpRequestMessage(verb, address ?? _target.Endpoint);
        if (verb == HttpMethod.Get)
        {
            request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        }
        else
        {
            request.Content = new ReadOnlyMemoryContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        }

        return request;
    }

    private async ValueTask EndAsync(string reason)
    {
        if (!_ended.TrySetResult(reason))
        {
            return;
        }

        _inbox.TrySetResult(null);
        await _life.CancelAsync();
        foreach (var pending in _pending.Values)
        {
            pending.TrySetResult(UpstreamAnswer.Failed(UpstreamFailure.Lost));
        }
    }
}
