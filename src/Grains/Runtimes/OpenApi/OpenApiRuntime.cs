using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes.OpenApi.Calling;
using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Runtimes.Upstream;
using Smcp.Servers;

namespace Smcp.Runtimes.OpenApi;

/// <summary>
/// A server made of an API elsewhere: each operation of its description is a tool, and a call of one is a request. It
/// keeps nothing of its clients', so all of them share it.
/// </summary>
internal sealed partial class OpenApiRuntime(
    ServerDefinition definition, ApiPlan plan, ApiTerms terms, ApiCredentials credentials) : IServerRuntime
{
    private readonly ConcurrentDictionary<string, bool> _peers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _life = new();
    private readonly ApiCalls _calls = new(terms, credentials);
    private readonly ToolPages _pages = new(plan.Tools, terms.Options.PageItemsMax);

    private readonly FrozenDictionary<string, ApiTool> _tools =
        plan.Tools.ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);

    /// <summary>HTTP has nothing to ask for the outcome of a call by, once it was let go of.</summary>
    public IReadOnlyDictionary<string, TaskSupport> TaskTools => FrozenDictionary<string, TaskSupport>.Empty;

    /// <inheritdoc/>
    public bool HasPeer(string session) => _peers.ContainsKey(session);

    /// <inheritdoc/>
    public ValueTask<McpReply> OpenPeerAsync(RuntimePeer peer, CancellationToken cancellationToken)
    {
        _peers[peer.Session] = true;
        var described = Describe();
        described["protocolVersion"] = McpRevision.TryParse(peer.Caller.Revision, out var known) && known.UsesSessions
            ? known.Value
            : McpRevision.LatestWithSessions.Value;
        described["serverInfo"] =
            new JsonObject { ["name"] = definition.Id.ToString(), ["version"] = definition.Version };
        if (plan.Title is { } title)
        {
            described["serverInfo"]!["title"] = title;
        }

        return new(McpReply.Result(RawJson.Write(described)));
    }

    /// <inheritdoc/>
    public ValueTask ClosePeerAsync(string session)
    {
        _peers.TryRemove(session, out _);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask NotifyAsync(
        string? session, McpCall notification, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<McpReply> InvokeAsync(RuntimeCall call, CancellationToken cancellationToken) =>
        call.Call.Method switch
        {
            McpMethods.Discover => new(McpReply.Result(RawJson.Write(Describe()))),
            McpMethods.ToolsList => new(_pages.Of(RawJson.Parse(call.Call.Params)?.Text("cursor"))),
            McpMethods.ToolsCall => CallAsync(call.Call.Params, cancellationToken),
            _ => new(McpReply.Error(JsonRpcWriter.Error(
                McpErrorCodes.MethodNotFound,
                $"The method '{ClientText.Clip(call.Call.Method)}' is not available."))),
        };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        terms.Http.Dispose();
    }

    private async ValueTask<McpReply> CallAsync(
        ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken)
    {
        var name = RawJson.Parse(parameters)?.Text("name") ?? string.Empty;
        if (!_tools.TryGetValue(name, out var tool))
        {
            return McpReply.Error(JsonRpcWriter.Error(
                McpErrorCodes.InvalidParams, $"There is no tool '{ClientText.Clip(name)}'."));
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(_life.Token, cancellationToken);
        try
        {
            var raw = UpstreamJson.Member(parameters, "arguments"u8);
            using var arguments = raw.IsEmpty ? null : JsonDocument.Parse(raw);
            return await _calls.CallAsync(tool, arguments?.RootElement, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return UpstreamFaults.Reply(
                cancellationToken.IsCancellationRequested ? UpstreamFailure.Cancelled : UpstreamFailure.Lost);
        }
    }

    private JsonObject Describe()
    {
        var described = new JsonObject { ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() } };
        if (plan.Instructions is { } instructions)
        {
            described["instructions"] = instructions;
        }

        return described;
    }
}
