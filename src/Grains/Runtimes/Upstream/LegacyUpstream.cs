using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// Speaks with a server of a revision before 2026-07-28, in the session that <c>initialize</c> began.
/// </summary>
internal sealed class LegacyUpstream : IUpstreamDialect
{
    private static readonly McpReply Done = McpReply.Result("{}"u8.ToArray());

    private readonly UpstreamSender _sender;
    private readonly bool _isShared;
    private readonly bool _logs;
    private readonly bool _takesSubscriptions;
    private readonly SemaphoreSlim _leveling = new(1, 1);
    private readonly SemaphoreSlim _watching = new(1, 1);
    private IReadOnlySet<string> _watched = new HashSet<string>();
    private int _logRank = int.MaxValue;

    private LegacyUpstream(UpstreamSender sender, McpReply initialized, bool isShared)
    {
        _sender = sender;
        _isShared = isShared;
        Initialization = initialized;
        var result = RawJson.Parse(initialized.Body) ?? [];
        var capabilities = result["capabilities"] as JsonObject;
        _logs = capabilities?["logging"] is JsonObject;
        _takesSubscriptions = capabilities?["resources"] is JsonObject resources
            && resources["subscribe"] is JsonValue takes && takes.TryGetValue(out bool subscribes) && subscribes;
        Discovery = Described(result);
    }

    /// <summary>The server is initialized: it is told what its client asked for before.</summary>
    public static async ValueTask<LegacyUpstream> BeginAsync(
        UpstreamSender sender, McpReply initialized, UpstreamClient? owner, CancellationToken cancellationToken)
    {
        var upstream = new LegacyUpstream(sender, initialized, owner is null);
        await upstream.LevelAsync(owner?.LogLevel, cancellationToken);
        return upstream;
    }

    /// <inheritdoc/>
    public McpReply Initialization { get; }

    /// <inheritdoc/>
    public McpReply Discovery { get; }

    /// <inheritdoc/>
    public async ValueTask<McpReply> InvokeAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        if (call.Method == McpMethods.SetLogLevel && _isShared)
        {
            // One level for all would be one client's: what each wants is sorted out here.
            await LevelAsync("debug", cancellationToken);
            return Done;
        }

        if (!call.Client.Revision.UsesSessions)
        {
            await LevelAsync(call.LogLevel, cancellationToken);
        }

        var request = _sender.Next(call.Method, Params(call));
        var answer = await _sender.Link.RequestAsync(request, call, cancellationToken);
        if (answer.Reply is not { } reply)
        {
            return UpstreamFaults.Reply(answer);
        }

        return call.Client.Revision.UsesSessions ? reply : UpstreamShape.ToModern(call.Method, reply);
    }

    /// <inheritdoc/>
    public ValueTask<UpstreamAnswer> CheckAsync(CancellationToken cancellationToken) =>
        _sender.AskAsync(McpMethods.Ping, default, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask NotifyAsync(McpCall notification, CancellationToken cancellationToken)
    {
        if (!_isShared)
        {
            await _sender.Link.NotifyAsync(notification.Method, notification.Params, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask WatchAsync(UpstreamWatch watch, CancellationToken cancellationToken)
    {
        if (!_takesSubscriptions)
        {
            return;
        }

        await _watching.WaitAsync(cancellationToken);
        try
        {
            var before = _watched;
            _watched = watch.Resources;
            foreach (var uri in watch.Resources.Except(before))
            {
                await TellAsync(McpMethods.ResourcesSubscribe, uri, cancellationToken);
            }

            foreach (var uri in before.Except(watch.Resources))
            {
                await TellAsync(McpMethods.ResourcesUnsubscribe, uri, cancellationToken);
            }
        }
        finally
        {
            _watching.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Makes the server log at least from this level on; it is never made to log less.</summary>
    private async ValueTask LevelAsync(string? level, CancellationToken cancellationToken)
    {
        if (!_logs || !McpLogLevel.TryRank(level, out var rank) || rank >= _logRank)
        {
            return;
        }

        await _leveling.WaitAsync(cancellationToken);
        try
        {
            if (rank < _logRank)
            {
                var parameters = RawJson.Write(new JsonObject { ["level"] = level });
                await _sender.TellAsync(McpMethods.SetLogLevel, parameters, cancellationToken);
                _logRank = rank;
            }
        }
        finally
        {
            _leveling.Release();
        }
    }

    private async ValueTask TellAsync(string method, string uri, CancellationToken cancellationToken) =>
        await _sender.TellAsync(method, RawJson.Write(new JsonObject { ["uri"] = uri }), cancellationToken);

    private static McpReply Described(JsonObject initialized)
    {
        var discovery = new JsonObject
        {
            ["capabilities"] = initialized["capabilities"]?.DeepClone() ?? new JsonObject(),
        };
        if (initialized["instructions"] is { } instructions)
        {
            discovery["instructions"] = instructions.DeepClone();
        }

        if (initialized["serverInfo"] is JsonObject info)
        {
            discovery["_meta"] = new JsonObject { [McpMetaKeys.ServerInfo] = info.DeepClone() };
        }

        return McpReply.Result(RawJson.Write(discovery));
    }

    /// <summary>
    /// The params as they stood, but for our progress token, and without what only 2026-07-28 or a client's own tasks
    /// say.
    /// </summary>
    private static ReadOnlyMemory<byte> Params(UpstreamCall call)
    {
        var modern = !call.Client.Revision.UsesSessions;
        if (call.Params.IsEmpty || (!modern && !call.WantsProgress && call.Params.Span.IndexOf("\"task\""u8) < 0))
        {
            return call.Params;
        }

        var meta = call.Meta;
        if (modern && !meta.IsEmpty)
        {
            meta = UpstreamJson.With(
                meta,
                JsonEdit.Without(McpMetaKeys.ProtocolVersion),
                JsonEdit.Without(McpMetaKeys.ClientCapabilities),
                JsonEdit.Without(McpMetaKeys.ClientInfo),
                JsonEdit.Without(McpMetaKeys.LogLevel));
        }

        if (call.WantsProgress)
        {
            meta = UpstreamJson.With(meta, new JsonEdit(McpMetaKeys.ProgressToken, UpstreamJson.Number(call.Token)));
        }

        var kept = meta.Span.SequenceEqual("{}"u8) ? default : meta;
        return modern
            ? UpstreamJson.With(
                call.Params,
                new("_meta", kept),
                JsonEdit.Without("inputResponses"),
                JsonEdit.Without("requestState"),
                JsonEdit.Without("task"))
            : UpstreamJson.With(call.Params, new("_meta", kept), JsonEdit.Without("task"));
    }
}
