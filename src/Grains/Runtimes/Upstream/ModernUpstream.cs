using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// Speaks with a server of 2026-07-28: each request says for whom it is, and what a server must tell later it tells
/// on a <c>subscriptions/listen</c> of ours.
/// </summary>
internal sealed class ModernUpstream : IUpstreamDialect
{
    /// <summary>What a client with a session hears until it sets a level; before 2026-07-28 a server decides.</summary>
    private const string LevelUnset = "info";

    private static readonly McpReply Done = McpReply.Result("{}"u8.ToArray());

    private readonly UpstreamSender _sender;
    private readonly UpstreamClient? _client;
    private readonly UpstreamRuntimeOptions _options;
    private readonly UpstreamListening _listening;

    /// <param name="sender">The link.</param>
    /// <param name="discovered">The result of <c>server/discover</c>.</param>
    /// <param name="client">Whose conversation it is; null: everybody's.</param>
    /// <param name="others">Who hears what the server says of no call.</param>
    /// <param name="limits">The limits, and the clock.</param>
    public ModernUpstream(
        UpstreamSender sender,
        McpReply discovered,
        UpstreamClient? client,
        UpstreamCalls others,
        (UpstreamRuntimeOptions Options, TimeProvider Time) limits)
    {
        _sender = sender;
        _client = client;
        _options = limits.Options;
        Discovery = discovered;
        var result = RawJson.Parse(discovered.Body) ?? [];
        Initialization = Initialized(result);
        _listening = new UpstreamListening(
            sender, RuntimeFeatures.Of(result["capabilities"] as JsonObject), others, limits.Time);
    }

    /// <inheritdoc/>
    public McpReply Initialization { get; }

    /// <inheritdoc/>
    public McpReply Discovery { get; }

    /// <summary>The params of <c>server/discover</c>, or of another request of our own.</summary>
    public static JsonObject OwnMeta(UpstreamClient? client) => new()
    {
        [McpMetaKeys.ProtocolVersion] = McpRevision.V20260728.Value,
        [McpMetaKeys.ClientCapabilities] = client?.Capabilities.DeepClone() ?? new JsonObject(),
        [McpMetaKeys.ClientInfo] = client?.Info.DeepClone() ?? UpstreamClient.Ourselves(),
    };

    /// <inheritdoc/>
    public ValueTask<UpstreamAnswer> CheckAsync(CancellationToken cancellationToken) => _sender.AskAsync(
        McpMethods.Discover, RawJson.Write(new JsonObject { ["_meta"] = OwnMeta(_client) }), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<McpReply> InvokeAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        if (call.Method == McpMethods.SetLogLevel)
        {
            return Done;
        }

        var legacy = call.Client.Revision.UsesSessions;
        var parameters = Params(call);
        for (var round = 1; ; round++)
        {
            var answer = await _sender.Link.RequestAsync(
                _sender.Next(call.Method, parameters) with { Caller = call.Caller }, call, cancellationToken);
            if (answer.Reply is not { } reply)
            {
                return UpstreamFaults.Reply(answer);
            }

            if (!legacy || reply.IsError || !ResultScan.Of(reply.Body.Span).IsInputRequired)
            {
                return legacy ? UpstreamShape.ToLegacy(call.Method, reply) : reply;
            }

            var (next, failed) = await UpstreamRounds.NextAsync(
                call, parameters, reply, round < _options.InputRoundsMax, cancellationToken);
            if (failed is not null)
            {
                return failed;
            }

            parameters = next;
        }
    }

    /// <inheritdoc/>
    public ValueTask NotifyAsync(McpCall notification, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask WatchAsync(UpstreamWatch watch, CancellationToken cancellationToken)
    {
        _listening.Watch(watch, OwnMeta(_client));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WatchedAsync() => _listening.Acknowledged;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _listening.DisposeAsync();

    /// <summary>What a server said to <c>server/discover</c>, as the result of <c>initialize</c>.</summary>
    public static McpReply Initialized(JsonObject discovered)
    {
        var capabilities = discovered["capabilities"]?.DeepClone() as JsonObject ?? [];
        capabilities.Remove("extensions");
        var initialized = new JsonObject
        {
            ["protocolVersion"] = McpRevision.LatestWithSessions.Value,
            ["capabilities"] = capabilities,
            ["serverInfo"] = (discovered["_meta"] as JsonObject)?[McpMetaKeys.ServerInfo]?.DeepClone()
                ?? new JsonObject { ["name"] = "server", ["version"] = "0" },
        };
        if (discovered["instructions"] is { } instructions)
        {
            initialized["instructions"] = instructions.DeepClone();
        }

        return McpReply.Result(RawJson.Write(initialized));
    }

    /// <summary>
    /// The params as they stood, with our progress token, and what a session's client said once said with the request.
    /// </summary>
    private static ReadOnlyMemory<byte> Params(UpstreamCall call)
    {
        var client = call.Client;
        var level = call.LogLevel ?? (client.Revision.UsesSessions ? LevelUnset : null);
        var meta = UpstreamJson.With(
            call.Meta,
            new(McpMetaKeys.ProtocolVersion, RawJson.Write(McpRevision.V20260728.Value)),
            new(McpMetaKeys.ClientCapabilities, RawJson.Write(call.Asks ? client.Capabilities : [])),
            new(McpMetaKeys.ClientInfo, RawJson.Write(client.Info)),
            new(McpMetaKeys.LogLevel, level is null ? null : RawJson.Write(level)),
            new(McpMetaKeys.ProgressToken, call.WantsProgress ? UpstreamJson.Number(call.Token) : null));
        return UpstreamJson.With(call.Params, new("_meta", meta), JsonEdit.Without("task"));
    }
}
