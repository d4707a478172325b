using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// A conversation by lines of JSON over two streams: the stdio transport. A line says nothing of the request that it
/// belongs to, so all that is no answer goes to the conversation.
/// </summary>
internal sealed partial class StreamLink : IUpstreamLink
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<UpstreamAnswer>> _pending = [];
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _life = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly LineReader _lines;
    private readonly Stream _output;
    private readonly UpstreamRuntimeOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IAsyncDisposable? _owned;
    private UpstreamQuestions? _questions;
    private Task? _reading;
    private bool _linesIgnored;
    private int _inFlight;

    /// <param name="input">What the server writes.</param>
    /// <param name="output">What the server reads.</param>
    /// <param name="options">The limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where a server's faults are noted.</param>
    /// <param name="owned">What runs the server: disposed with the link.</param>
    public StreamLink(
        Stream input,
        Stream output,
        UpstreamRuntimeOptions options,
        TimeProvider time,
        ILogger logger,
        IAsyncDisposable? owned = null)
    {
        _lines = new LineReader(input, options.MessageBytesMax);
        _output = output;
        _options = options;
        _time = time;
        _logger = logger;
        _owned = owned;
    }

    /// <inheritdoc/>
    public Task<string> Ended => _ended.Task;

    /// <inheritdoc/>
    public void Begin(IUpstreamExchange others)
    {
        _questions = new UpstreamQuestions(others, _options.QuestionsMax, AnswerAsync, _life.Token);
        _reading = Task.Run(() => ReadAsync(others));
    }

    /// <inheritdoc/>
    public void Agree(McpRevision revision)
    {
        // Lines look the same in every revision.
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
            var line = new ArrayBufferWriter<byte>(request.Params.Length + 128);
            JsonRpcWriter.WriteRequest(line, JsonRpcId.FromNumber(request.Id), request.Method, request.Params.Span);
            var sent = await WriteAsync(line, cancellationToken);
            if (sent is not Sending.Sent)
            {
                return UpstreamAnswer.Failed(sent switch
                {
                    Sending.NotSent when cancellationToken.IsCancellationRequested => UpstreamFailure.Cancelled,
                    Sending.NotSent => UpstreamFailure.NotSent,
                    _ => UpstreamFailure.Lost,
                });
            }

            await using var cancelled = cancellationToken.UnsafeRegister(
                static state => ((TaskCompletionSource<UpstreamAnswer>)state!).TrySetResult(
                    UpstreamAnswer.Failed(UpstreamFailure.Cancelled)),
                pending);
            var answer = await pending.Task;
            if (answer.Failure == UpstreamFailure.Cancelled && request.Method != McpMethods.Initialize)
            {
                await NotifyAsync(McpMethods.Cancelled, UpstreamJson.Cancellation(request.Id), CancellationToken.None);
            }

            return answer;
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
        var line = new ArrayBufferWriter<byte>(parameters.Length + 96);
        JsonRpcWriter.WriteNotification(line, method, parameters.Span);
        return await WriteAsync(line, cancellationToken) == Sending.Sent;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync("It was closed.");
        if (_reading is null)
        {
            await _lines.DisposeAsync();
        }

        if (_owned is not null)
        {
            await _owned.DisposeAsync();
        }
    }

    private async Task ReadAsync(IUpstreamExchange others)
    {
        var reason = "The server closed its output.";
        try
        {
            while (await _lines.ReadAsync(_life.Token) is { } line)
            {
                await TakeAsync(line, others);
            }
        }
        catch (InvalidDataException exception)
        {
            reason = exception.Message;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException
            or OperationCanceledException)
        {
            reason = "The server's output broke off.";
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            reason = "Its messages could not be taken.";
        }

        await EndAsync(reason);
        await _lines.DisposeAsync();
    }

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> line, IUpstreamExchange others)
    {
        var fault = JsonRpcReader.Read(line.Span, new JsonRpcLimits(_options.DepthMax, 1), out var message);
        if (fault is not null)
        {
            Ignore(line.Length, fault.Id);
            return;
        }

        switch (message.Kind)
        {
            case JsonRpcKind.Response:
                Settle(message.Id, UpstreamAnswer.Of(UpstreamJson.Reply(message, line)));
                break;
            case JsonRpcKind.Request:
                _questions!.Take(message.Id, new InputRequest(message.Method, UpstreamJson.Params(message, line)));
                break;
            case JsonRpcKind.Notification when message.Method == McpMethods.Cancelled:
                _questions!.Withdraw(UpstreamJson.CancelledId(UpstreamJson.Params(message, line)));
                break;
            default:
                await others.NotifiedAsync(UpstreamJson.Notification(message, line));
                break;
        }
    }

    /// <summary>
    /// Servers print what is no message, a greeting say; that is passed over. What names a request of ours is its
    /// answer, though, and a bad one.
    /// </summary>
    private void Ignore(int bytes, JsonRpcId id)
    {
        if (!id.IsNone)
        {
            Settle(id, UpstreamAnswer.Of(UpstreamJson.BadAnswer));
        }
        else if (!_linesIgnored && bytes > 1)
        {
            _linesIgnored = true;
            LogLineIgnored(bytes);
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
        var line = new ArrayBufferWriter<byte>(answer.Body.Length + 96);
        UpstreamJson.WriteAnswer(line, id, answer);
        await WriteAsync(line, _life.Token);
    }

    private async ValueTask<Sending> WriteAsync(ArrayBufferWriter<byte> line, CancellationToken cancellationToken)
    {
        UpstreamJson.EndLine(line);
        try
        {
            await _writing.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return Sending.NotSent;
        }

        try
        {
            if (_ended.Task.IsCompleted)
            {
                return Sending.NotSent;
            }

            // A line that was begun is written to its end: half of one would spoil the next.
            using var timeout = new CancellationTokenSource(_options.WriteTimeout, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _life.Token);
            await _output.WriteAsync(line.WrittenMemory, either.Token);
            await _output.FlushAsync(either.Token);
            return Sending.Sent;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException
            or OperationCanceledException)
        {
            await EndAsync("The server does not read its input.");
            return Sending.Broken;
        }
        finally
        {
            _writing.Release();
        }
    }

    private async ValueTask EndAsync(string reason)
    {
        if (!_ended.TrySetResult(reason))
        {
            return;
        }

        await _life.CancelAsync();
        foreach (var pending in _pending.Values)
        {
            pending.TrySetResult(UpstreamAnswer.Failed(UpstreamFailure.Lost));
        }

        await _output.DisposeAsync();
    }

    /// <summary>What became of a line.</summary>
    private enum Sending
    {
        Sent = 0,
        NotSent = 1,
        Broken = 2,
    }
}
