using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Engine;
using Smcp.Hosting;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using SdkMessage = ModelContextProtocol.Protocol.JsonRpcMessage;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// The <see cref="McpServer"/> that the code of one call sees. Whatever it sends or asks belongs to this call and goes
/// to its
/// output; there is nothing else it could go to.
/// </summary>
internal sealed class CallServer : McpServer, IServiceProvider, IStreamControl
{
    private readonly TaskCompletionSource<McpReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly RuntimeCall _call;
    private readonly CSharpPeer? _peer;
    private readonly Lock _gate = new();
    private List<Task>? _sending;

    public CallServer(CSharpRuntime runtime, RuntimeCall call, CSharpPeer? peer, RequestId id)
    {
        _call = call;
        _peer = peer;
        Runtime = runtime;
        RequestId = id;
        Revision = peer?.Revision
            ?? (McpRevision.TryParse(call.Caller.Revision, out var known) ? known : McpRevision.V20260728);
    }

    public CSharpRuntime Runtime { get; }

    public RequestId RequestId { get; }

    public McpRevision Revision { get; }

    public string Method => _call.Call.Method;

    public ReadOnlyMemory<byte> Params => _call.Call.Params;

    public CallContext Caller => _call.Caller;

    public CSharpPeer? Peer => _peer;

    public CancellationToken Cancelled => _cancellation.Token;

    public Task<McpReply> Reply => _reply.Task;

    /// <summary>The request's <c>_meta</c>, once its params are read.</summary>
    public JsonObject? Meta { get; set; }

    public override ClientCapabilities? ClientCapabilities => _peer?.Capabilities ?? (field ??= ReadCapabilities());

    public override Implementation? ClientInfo =>
        _peer?.Client ?? Meta?[McpMetaKeys.ClientInfo].Deserialize(McpJson<Implementation>.Info);

    public override McpServerOptions ServerOptions => Runtime.Instance.Options;

    public override IServiceProvider Services => this;

    [Obsolete("Deprecated with the 2026-07-28 revision.", DiagnosticId = "MCP9005")]
    public override LoggingLevel? LoggingLevel => LogLevel;

    /// <summary>A server that waits for input works for every client: the grains see to it.</summary>
    public override bool IsMrtrSupported => true;

    public override string? SessionId => _call.Session;

    public override string NegotiatedProtocolVersion => Revision.Value;

    private LoggingLevel? LogLevel => _peer is not null
        ? _peer.LogLevel
        : Meta?[McpMetaKeys.LogLevel].Deserialize(McpJson<LoggingLevel?>.Info);

    public object? GetService(Type serviceType) =>
        serviceType == typeof(IStreamControl) ? this : Runtime.Instance.Services.GetService(serviceType);

    public override async Task<JsonRpcResponse> SendRequestAsync(
        JsonRpcRequest request, CancellationToken cancellationToken = default)
    {
        var reply = await AskAsync(request.Method, request.Params, cancellationToken);
        return new JsonRpcResponse { Id = request.Id, Result = JsonNode.Parse(reply.Span) };
    }

    /// <summary>Asks the call's client and returns its raw answer.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> AskAsync(
        string method, JsonNode? parameters, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Cancelled);
        var reply = await _call.Output.AskAsync(new InputRequest(method, Raw(parameters)), linked.Token);
        return reply.IsError ? throw CallErrors.Thrown(reply.Body) : reply.Body;
    }

    public override Task SendMessageAsync(SdkMessage message, CancellationToken cancellationToken = default)
    {
        if (message is not JsonRpcNotification notification)
        {
            throw new NotSupportedException(
                "A server sends requests by SendRequestAsync, and its answer by returning it.");
        }

        if (notification.Method == McpMethods.Message && !IsLogWanted(notification.Params))
        {
            return Task.CompletedTask;
        }

        return SendAsync(
            new McpFrame
            {
                Kind = McpFrameKind.Notification,
                Method = notification.Method,
                Body = Raw(notification.Params),
            },
            cancellationToken);
    }

    public ValueTask ClosePollStreamAsync(CancellationToken cancellationToken = default) => Revision.PrimesStreams
        ? new ValueTask(SendAsync(new McpFrame { Kind = McpFrameKind.CloseConnection }, cancellationToken))
        : ValueTask.CompletedTask;

    public override IAsyncDisposable RegisterNotificationHandler(
        string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) =>
        Runtime.ClientNotifications.Add(method, handler);

    /// <summary>The grains run the server; author code does not.</summary>
    public override Task RunAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The server runs already.");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Cancel() => _cancellation.Cancel();

    /// <summary>The runtime ends: the code is told, and the answer does not wait for it.</summary>
    public void End()
    {
        _reply.TrySetResult(CallErrors.Reply(McpErrorCodes.InternalError, "The server ended; the outcome is unknown."));
        _ = _cancellation.CancelAsync();
    }

    /// <summary>The code is done. What it sent without waiting (progress, say) goes before the answer.</summary>
    public async ValueTask FinishAsync(McpReply reply)
    {
        Task[] sending;
        lock (_gate)
        {
            sending = _sending is null ? [] : [.. _sending];
        }

        foreach (var send in sending)
        {
            await send.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        Runtime.Forget(this);
        PoolThread.Run((_reply, reply), static answer => answer._reply.TrySetResult(answer.reply));
    }

    private static ReadOnlyMemory<byte> Raw(JsonNode? node) =>
        node is null
            ? default(ReadOnlyMemory<byte>)
            : JsonSerializer.SerializeToUtf8Bytes(node, McpJson<JsonNode>.Info);

    private ClientCapabilities ReadCapabilities() =>
        Meta?[McpMetaKeys.ClientCapabilities].Deserialize(McpJson<ClientCapabilities>.Info) ?? new ClientCapabilities();

    private Task SendAsync(McpFrame frame, CancellationToken cancellationToken)
    {
        var sent = _call.Output.EmitAsync(frame, cancellationToken);
        if (sent.IsCompletedSuccessfully)
        {
            return Task.CompletedTask;
        }

        var sending = sent.AsTask();
        lock (_gate)
        {
            (_sending ??= []).RemoveAll(static task => task.IsCompleted);
            _sending.Add(sending);
        }

        return sending;
    }

    /// <summary>
    /// 2026-07-28 logging: only where the request asks for it. Before: everything until the client sets a level.
    /// </summary>
    private bool IsLogWanted(JsonNode? parameters)
    {
        if (LogLevel is not { } least)
        {
            return _peer is not null;
        }

        return parameters?["level"].Deserialize(McpJson<LoggingLevel?>.Info) is not { } level || level >= least;
    }
}
