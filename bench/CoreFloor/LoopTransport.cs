using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace Smcp.CoreFloor;

/// <summary>
/// An in-memory transport: a call writes its request to the server's channel and waits for the response.
/// </summary>
internal sealed class LoopTransport : ITransport
{
    private readonly Channel<JsonRpcMessage> _toServer = Channel.CreateUnbounded<JsonRpcMessage>();
    private long _lastId;

    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => _toServer.Reader;

    public async ValueTask<byte[]> CallAsync(ReadOnlyMemory<byte> raw)
    {
        var call = new CallTransport(_toServer.Reader);
        var request = new JsonRpcRequest
        {
            Id = new RequestId(Interlocked.Increment(ref _lastId)),
            Method = RequestMethods.ToolsCall,
            Params = JsonNode.Parse(raw.Span),
            Context = new JsonRpcMessageContext { RelatedTransport = call },
        };
        _toServer.Writer.TryWrite(request);
        var response = (JsonRpcResponse)await call.Response;
        return JsonSerializer.SerializeToUtf8Bytes(response.Result);
    }

    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) =>
        message.Context?.RelatedTransport?.SendMessageAsync(message, cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _toServer.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private sealed class CallTransport(ChannelReader<JsonRpcMessage> reader) : ITransport
    {
        private readonly TaskCompletionSource<JsonRpcMessage> _response =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<JsonRpcMessage> Response => _response.Task;

        public string? SessionId => null;

        public ChannelReader<JsonRpcMessage> MessageReader => reader;

        public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
        {
            if (message is JsonRpcMessageWithId and not JsonRpcRequest)
            {
                _response.TrySetResult(message);
            }

            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
