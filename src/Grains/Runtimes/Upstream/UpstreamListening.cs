using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// The one <c>subscriptions/listen</c> of a conversation. Where something else is watched, the next begins before the
/// last one ends; one that ends by itself begins anew, and all that is watched counts as changed meanwhile.
/// </summary>
internal sealed class UpstreamListening(
    UpstreamSender sender, RuntimeFeatures features, UpstreamCalls others, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan DelayMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private CancellationTokenSource? _current;
    private UpstreamWatch _watch = UpstreamWatch.Nothing;
    private Task _acknowledged = Task.CompletedTask;

    /// <summary>Completes when the server listens for all that is watched, or refused to.</summary>
    public Task Acknowledged
    {
        get
        {
            lock (_gate)
            {
                return _acknowledged;
            }
        }
    }

    /// <summary>Listens for this from now on.</summary>
    public void Watch(UpstreamWatch watch, JsonObject meta)
    {
        CancellationTokenSource? before;
        CancellationTokenSource? next = null;
        var request = sender.Next(
            McpMethods.SubscriptionsListen,
            RawJson.Write(new JsonObject { ["_meta"] = meta, ["notifications"] = Filter(watch) }));
        lock (_gate)
        {
            if (watch.Lists == _watch.Lists && watch.Resources.SetEquals(_watch.Resources))
            {
                return;
            }

            _watch = watch;
            before = _current;
            _current = next = Filter(watch).Count > 0 ? new CancellationTokenSource() : null;
            _acknowledged = next is null ? Task.CompletedTask : others.AcknowledgedAsync(request.Id);
        }

        if (next is not null)
        {
            _ = ListenAsync(watch, request, next.Token);
        }

        _ = before?.CancelAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Watch(UpstreamWatch.Nothing, []);
        return ValueTask.CompletedTask;
    }

    private JsonObject Filter(UpstreamWatch watch)
    {
        var filter = new JsonObject();
        AddFlag(filter, "toolsListChanged", watch.Lists && features.ToolsListChanged);
        AddFlag(filter, "promptsListChanged", watch.Lists && features.PromptsListChanged);
        AddFlag(filter, "resourcesListChanged", watch.Lists && features.ResourcesListChanged);
        if (features.ResourceSubscriptions && watch.Resources.Count > 0)
        {
            filter["resourceSubscriptions"] = new JsonArray([.. watch.Resources.Select(uri => (JsonNode)uri)]);
        }

        return filter;
    }

    private static void AddFlag(JsonObject filter, string name, bool wanted)
    {
        if (wanted)
        {
            filter[name] = true;
        }
    }

    private async Task ListenAsync(
        UpstreamWatch watch, UpstreamRequest request, CancellationToken cancellationToken)
    {
        var delay = DelayMin;
        while (!cancellationToken.IsCancellationRequested && !sender.Link.Ended.IsCompleted)
        {
            var begunAt = time.GetTimestamp();
            var answer = await sender.Link.RequestAsync(request, others, cancellationToken);
            others.Acknowledge(request.Id);
            if (answer.Reply is { IsError: true })
            {
                // It says that it can be listened to, and refuses: asking again is no cure.
                return;
            }

            delay = time.GetElapsedTime(begunAt) > DelayMax ? DelayMin : delay;
            try
            {
                await Task.Delay(delay, time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, DelayMax.Ticks));
            request = sender.Next(request.Method, request.Params);
            await TellOfMissedAsync(watch);
        }
    }

    private async ValueTask TellOfMissedAsync(UpstreamWatch watch)
    {
        var lists = new[]
        {
            (features.ToolsListChanged, McpMethods.ToolsListChanged),
            (features.PromptsListChanged, McpMethods.PromptsListChanged),
            (features.ResourcesListChanged, McpMethods.ResourcesListChanged),
        };
        foreach (var (_, method) in lists.Where(list => watch.Lists && list.Item1))
        {
            await others.NotifiedAsync(new McpFrame { Kind = McpFrameKind.Notification, Method = method });
        }

        foreach (var uri in watch.Resources)
        {
            await others.NotifiedAsync(ChangeNotice.OfResource(uri));
        }
    }
}
