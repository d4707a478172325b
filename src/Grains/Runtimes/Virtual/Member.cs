using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Runtimes.Upstream;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>A member at work: what is shown of it, and our side of it. Thread-safe.</summary>
internal sealed class Member(
    MemberView view, UpstreamRuntime runtime, VirtualRuntimeOptions options, TimeProvider time, Action onMissed)
    : IAsyncDisposable
{
    // When it last did not answer in time; 0 for never.
    private long _missedAt;

    public MemberView View => view;

    public UpstreamRuntime Runtime => runtime;

    /// <summary>
    /// Shows it a session, so that the session hears of its changes. One that does not answer in time is shown the
    /// session by the first call for it.
    /// </summary>
    public Task TryOpenAsync(RuntimePeer peer, CancellationToken cancellationToken) => InTimeAsync(
        async token => (await runtime.OpenPeerAsync(Shown(peer), token)).IsError, true, cancellationToken);

    /// <summary>Listens to it for a client without session; null where it does not take that in time.</summary>
    public Task<IRuntimeWatch?> TryListenAsync(
        CallContext caller, McpCall listen, IReadOnlySet<string> uris, CancellationToken cancellationToken) =>
        InTimeAsync(
            async token => await runtime.ListenAsync(
                caller, listen, uris.Where(view.ShowsResource).ToHashSet(StringComparer.Ordinal), token),
            null,
            cancellationToken);

    /// <summary>Brings a call to its answer; the member gets to know the session first, if it does not.</summary>
    public async ValueTask<McpReply> InvokeAsync(
        RuntimePeer? peer, RuntimeCall call, CancellationToken cancellationToken)
    {
        if (peer is not null && !runtime.HasPeer(peer.Session)
            && await runtime.OpenPeerAsync(Shown(peer), cancellationToken) is { IsError: true } refused)
        {
            return refused;
        }

        return await runtime.InvokeAsync(call, cancellationToken);
    }

    /// <summary>
    /// All of a list of its, page by page; nothing where it has no such list or does not answer in time.
    /// </summary>
    public Task<IReadOnlyList<JsonObject>> ListAsync(
        RuntimePeer? peer, RuntimeCall call, string items, CancellationToken cancellationToken) => InTimeAsync(
            token => PagesAsync(peer, call, items, token), [], cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => runtime.DisposeAsync();

    private RuntimePeer Shown(RuntimePeer peer) =>
        peer with { Subscriptions = [.. peer.Subscriptions.Where(view.ShowsResource)] };

    /// <summary>What others wait for: one that missed its time is let rest, so that they wait once.</summary>
    private async Task<T> InTimeAsync<T>(
        Func<CancellationToken, Task<T>> act, T missed, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _missedAt) is var at and not 0 && time.GetElapsedTime(at) < options.MemberRest)
        {
            return missed;
        }

        using var patience = new CancellationTokenSource(options.ListPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var result = await act(either.Token).WaitAsync(either.Token);
            Volatile.Write(ref _missedAt, 0);
            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Volatile.Write(ref _missedAt, time.GetTimestamp());
            onMissed();
            return missed;
        }
    }

    private async Task<IReadOnlyList<JsonObject>> PagesAsync(
        RuntimePeer? peer, RuntimeCall call, string items, CancellationToken cancellationToken)
    {
        var listed = new List<JsonObject>();
        string? cursor = null;
        for (var page = 0; page < options.ListPagesMax; page++)
        {
            var parameters = cursor is null
                ? call.Call.Params
                : UpstreamJson.With(call.Call.Params, new JsonEdit("cursor", RawJson.Write(cursor)));
            var reply = await InvokeAsync(
                peer, call with { Call = call.Call with { Params = parameters } }, cancellationToken);
            if (reply.IsError || RawJson.Parse(reply.Body) is not { } result)
            {
                return [];
            }

            var things = result[items] as JsonArray ?? [];
            listed.AddRange(things.OfType<JsonObject>());
            things.Clear();
            cursor = result.Text("nextCursor");
            if (cursor is null)
            {
                break;
            }
        }

        return listed;
    }
}
