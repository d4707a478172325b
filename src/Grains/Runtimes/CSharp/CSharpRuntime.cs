using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Smcp.Hosting.Classes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// A C# class that runs: one <see cref="ServerInstance"/>, whose tools run on the thread pool, each call under a
/// <see cref="CallServer"/> of its own.
/// The SDK gives the tools, their binding and the DTOs; sessions, ids and questions are the grains', so there is no
/// SDK session behind it (docs/decisions/0010).
/// </summary>
internal sealed partial class CSharpRuntime : IServerRuntime
{
    private readonly ConcurrentDictionary<string, CSharpPeer> _peers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CallServer, bool> _running = new(ReferenceEqualityComparer.Instance);
    private readonly NotificationHandlers _clientNotifications;
    private readonly IRuntimeEvents _events;
    private readonly ILogger _logger;
    private long _lastRequestId;
    private volatile bool _ended;

    public CSharpRuntime(CSharpServer server, ServerInstance instance, IRuntimeEvents events, ILogger logger)
    {
        _events = events;
        _logger = logger;
        Server = server;
        Instance = instance;
        _clientNotifications = new NotificationHandlers(instance.Class.Handlers.NotificationHandlers);
        instance.Options.ToolCollection!.Changed += (_, _) => NotifyAll(McpMethods.ToolsListChanged);
        instance.Options.PromptCollection!.Changed += (_, _) => NotifyAll(McpMethods.PromptsListChanged);
        instance.Options.ResourceCollection!.Changed += (_, _) => NotifyAll(McpMethods.ResourcesListChanged);
    }

    /// <summary>What is served, the same for all instances of the class.</summary>
    public CSharpServer Server { get; }

    public ServerInstance Instance { get; }

    public NotificationHandlers ClientNotifications => _clientNotifications;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TaskSupport> TaskTools => Server.TaskTools;

    /// <inheritdoc/>
    public bool HasPeer(string session) => _peers.ContainsKey(session);

    /// <inheritdoc/>
    public ValueTask<McpReply> OpenPeerAsync(RuntimePeer peer, CancellationToken cancellationToken)
    {
        InitializeRequestParams asked;
        try
        {
            asked = JsonSerializer.Deserialize(peer.Initialize.Params.Span, McpJson<InitializeRequestParams>.Info)
                ?? throw new JsonException("The params are null.");
        }
        catch (JsonException)
        {
            return ValueTask.FromResult(
                CallErrors.Reply(McpErrorCodes.InvalidParams, "The params of initialize cannot be read."));
        }

        var revision = McpRevision.TryParse(asked.ProtocolVersion, out var known) && known.UsesSessions
            ? known
            : McpRevision.LatestWithSessions;
        _peers[peer.Session] = new CSharpPeer(
            revision, asked.Capabilities ?? new ClientCapabilities(), asked.ClientInfo)
        {
            LogLevel = ParseLogLevel(peer.LogLevel),
        };
        var result = Server.Describe(Instance).Initialized(revision);
        return ValueTask.FromResult(
            McpReply.Result(JsonSerializer.SerializeToUtf8Bytes(result, McpJson<InitializeResult>.Info)));
    }

    /// <inheritdoc/>
    public ValueTask ClosePeerAsync(string session)
    {
        _peers.TryRemove(session, out _);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<McpReply> InvokeAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        CSharpPeer? peer = null;
        if (call.Session is not null && !_peers.TryGetValue(call.Session, out peer))
        {
            return ValueTask.FromResult(CallErrors.Reply(McpErrorCodes.InternalError, "The session is not open here."));
        }

        if (!Server.Handlers.TryGetValue(call.Call.Method, out var handler))
        {
            return ValueTask.FromResult(CallErrors.MethodNotFound(call.Call.Method));
        }

        var running = new CallServer(this, call, peer, new RequestId(Interlocked.Increment(ref _lastRequestId)));
        _running[running] = true;
        if (_ended)
        {
            running.End();
        }

        // Tools run where nothing of the grain is: off its scheduler, and without its ambient values.
        ThreadPool.UnsafeQueueUserWorkItem(new CallRun(running, handler, cancellationToken), preferLocal: true);
        return new ValueTask<McpReply>(running.Reply);
    }

    /// <inheritdoc/>
    public async ValueTask NotifyAsync(string? session, McpCall notification, CancellationToken cancellationToken)
    {
        var message = new JsonRpcNotification
        {
            Method = notification.Method,
            Params = notification.Params.IsEmpty ? null : JsonNode.Parse(notification.Params.Span),
        };
        await _clientNotifications.RunAsync(message, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ended = true;
        foreach (var running in _running.Keys)
        {
            running.End();
        }

        await Instance.DisposeAsync();
    }

    public void Forget(CallServer call) => _running.TryRemove(call, out _);

    public void ToolFailed(string tool, Exception exception)
    {
        // An McpException is the author's way to tell the model something: it is an answer, not a fault.
        if (exception is McpException)
        {
            LogToolRefused(Instance.Class.Info.Name, tool);
        }
        else
        {
            LogToolFailed(Instance.Class.Info.Name, tool, AuthorFailure.Describe(exception));
        }
    }

    public void RequestFailed(string method, Exception exception) =>
        LogRequestFailed(Instance.Class.Info.Name, method, AuthorFailure.Describe(exception));

    private static LoggingLevel? ParseLogLevel(string? level) =>
        Enum.TryParse<LoggingLevel>(level, ignoreCase: true, out var parsed) ? parsed : null;

    private void NotifyAll(string method) =>
        _events.Notify(null, new McpFrame { Kind = McpFrameKind.Notification, Method = method });
}
