using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>
/// A server composed of others: their tools and prompts by names of its own, their resources by their URIs. Each call
/// goes to the one member that it is for; no member's failure is another's.
/// </summary>
internal sealed partial class VirtualRuntime(
    ServerDefinition definition, string? instructions, IReadOnlyList<Member> members) : IWatchedRuntime
{
    private readonly ConcurrentDictionary<string, RuntimePeer> _peers = new(StringComparer.Ordinal);
    private readonly VirtualCalls _calls = new(new MemberDirectory(members));

    /// <summary>Tasks are not carried over: a member's tools answer their calls.</summary>
    public IReadOnlyDictionary<string, TaskSupport> TaskTools => FrozenDictionary<string, TaskSupport>.Empty;

    /// <inheritdoc/>
    public bool HasPeer(string session) => _peers.ContainsKey(session);

    /// <inheritdoc/>
    public async ValueTask<McpReply> OpenPeerAsync(RuntimePeer peer, CancellationToken cancellationToken)
    {
        _peers[peer.Session] = peer;
        await Task.WhenAll(members.Select(member => member.TryOpenAsync(peer, cancellationToken)));
        var described = Describe();
        described["protocolVersion"] = McpRevision.TryParse(peer.Caller.Revision, out var known) && known.UsesSessions
            ? known.Value
            : McpRevision.LatestWithSessions.Value;
        described["serverInfo"] =
            new JsonObject { ["name"] = definition.Id.ToString(), ["version"] = definition.Version };
        return McpReply.Result(RawJson.Write(described));
    }

    /// <inheritdoc/>
    public async ValueTask ClosePeerAsync(string session)
    {
        if (_peers.TryRemove(session, out _))
        {
            await Task.WhenAll(members.Select(member => member.Runtime.ClosePeerAsync(session).AsTask()));
        }
    }

    /// <inheritdoc/>
    public ValueTask<McpReply> InvokeAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        RuntimePeer? peer = null;
        if (call.Session is not null && !_peers.TryGetValue(call.Session, out peer))
        {
            return new(McpReply.Error(JsonRpcWriter.Error(
                McpErrorCodes.InternalError, "The session is not open here.")));
        }

        return call.Call.Method switch
        {
            McpMethods.Discover => new(McpReply.Result(RawJson.Write(Describe()))),
            McpMethods.SetLogLevel => SetLogLevelAsync(peer, call, cancellationToken),
            _ => _calls.InvokeAsync(peer, call, cancellationToken),
        };
    }

    /// <inheritdoc/>
    public async ValueTask NotifyAsync(
        string? session, McpCall notification, CancellationToken cancellationToken)
    {
        foreach (var member in members)
        {
            await member.Runtime.NotifyAsync(session, notification, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask SubscribeAsync(
        string session, IReadOnlyCollection<string> uris, CancellationToken cancellationToken)
    {
        if (_peers.TryGetValue(session, out var peer))
        {
            _peers[session] = peer with { Subscriptions = [.. uris] };
        }

        foreach (var member in members)
        {
            await member.Runtime.SubscribeAsync(
                session, [.. uris.Where(member.View.ShowsResource)], cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IRuntimeWatch?> ListenAsync(
        CallContext caller, McpCall listen, IReadOnlySet<string> uris, CancellationToken cancellationToken)
    {
        var watches = await Task.WhenAll(
            members.Select(member => member.TryListenAsync(caller, listen, uris, cancellationToken)));
        return new VirtualWatch([.. watches.OfType<IRuntimeWatch>()]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var member in members)
        {
            await member.DisposeAsync();
        }
    }

    /// <summary>The same whoever of the members is there: a slow one does not keep a client from the others.</summary>
    private JsonObject Describe()
    {
        var described = new JsonObject
        {
            ["capabilities"] = JsonNode.Parse("""
                {
                  "logging": {}, "completions": {},
                  "tools": { "listChanged": true }, "prompts": { "listChanged": true },
                  "resources": { "listChanged": true, "subscribe": true }
                }
                """),
        };
        if (instructions is not null)
        {
            described["instructions"] = instructions;
        }

        return described;
    }

    private async ValueTask<McpReply> SetLogLevelAsync(
        RuntimePeer? peer, RuntimeCall call, CancellationToken cancellationToken)
    {
        if (peer is not null && RawJson.Parse(call.Call.Params)?.Text("level") is { } level)
        {
            _peers[peer.Session] = peer with { LogLevel = level };
            foreach (var member in members.Where(member => member.Runtime.HasPeer(peer.Session)))
            {
                await member.Runtime.InvokeAsync(call, cancellationToken);
            }
        }

        return McpReply.Result("{}"u8.ToArray());
    }
}
