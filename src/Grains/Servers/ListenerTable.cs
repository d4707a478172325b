using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Runtimes;
using Smcp.Tasks;

namespace Smcp.Servers;

/// <summary>The clients without session that listen to this instance, under their limits.</summary>
internal sealed class ListenerTable(InstanceOptions options, InstanceInbox inbox)
{
    private readonly HashSet<Listener> _listeners = [];
    private RuntimeFeatures? _features;

    public int Count => _listeners.Count;

    /// <summary>Knows the tasks that listeners name. Set by the grain, which ties the parts together.</summary>
    public TaskRequests? Tasks { get; set; }

    /// <summary>The form of the server's answers, while it runs.</summary>
    public Func<ResultShape?> Shape { get; init; } = static () => null;

    /// <summary>
    /// Takes up a listener, with what of its filter can be honoured and its caller may see, and acknowledges it; or
    /// says why not.
    /// </summary>
    public async ValueTask<(Listener? Listener, McpFault? Fault)> OpenAsync(
        IServerRuntime runtime,
        CallContext context,
        InstanceCall listen,
        Func<string, bool> shows,
        CancellationToken cancellationToken)
    {
        if (ListenFilter.Parse(listen.Call, options, out var invalid) is not { } asked)
        {
            return (null, invalid);
        }

        if (asked.Tasks.Count > 0 && !ClientCapabilities.OfRequest(listen.Call).KnowsTasks)
        {
            return (null, TaskRequests.NotDeclared);
        }

        _features ??= await RuntimeFeatures.ReadAsync(runtime, context, listen, cancellationToken);
        var honoured = asked.Within(_features).Where(shows);
        if (Tasks is not null)
        {
            honoured = honoured with { Tasks = await Tasks.OwnedAsync(context, asked.Tasks, cancellationToken) };
        }

        var (listener, fault) = Admit(context, listen.Call, honoured);
        if (listener is not null && runtime is IWatchedRuntime watched)
        {
            await WatchAsync(watched, context, listen.Call, listener, cancellationToken);
        }

        return (listener, fault);
    }

    public void Close(Listener listener)
    {
        _listeners.Remove(listener);
        if (listener.Watch is { } watch)
        {
            listener.Watch = null;
            _ = watch.DisposeAsync().AsTask();
        }
    }

    /// <summary>
    /// Passes a notification of the server to who asked for it: of one principal, or (null) of all.
    /// </summary>
    public void Notify(PrincipalId? principal, McpFrame frame)
    {
        if (_listeners.Count > 0 && ChangeNotice.Of(frame) is { } notice)
        {
            foreach (var listener in _listeners.Where(l => principal is null || l.Principal == principal))
            {
                listener.Tell(notice, frame);
            }
        }
    }

    /// <summary>Passes the state of a task to who asked for it.</summary>
    public void NotifyTask(string task, McpFrame frame) =>
        _listeners.RemoveWhere(l => l.Filter.Tasks.Contains(task) && !l.Tell(frame));

    /// <summary>The server ends all.</summary>
    public void EndAll()
    {
        foreach (var listener in _listeners)
        {
            listener.End(Shape());
        }

        _listeners.Clear();
        _features = null;
    }

    /// <summary>
    /// A server elsewhere is told that somebody listens. Where it can be heard no more, the client is to listen anew.
    /// </summary>
    private async ValueTask WatchAsync(
        IWatchedRuntime runtime,
        CallContext context,
        McpCall listen,
        Listener listener,
        CancellationToken cancellationToken)
    {
        try
        {
            listener.Watch = await runtime.ListenAsync(context, listen, listener.Filter.Resources, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Close(listener);
            throw;
        }

        if (listener.Watch is { } watch)
        {
            _ = watch.Ended.ContinueWith(
                _ => inbox.Post(() => End(listener)), TaskScheduler.Default);
        }
        else
        {
            End(listener);
        }
    }

    private void End(Listener listener)
    {
        if (_listeners.Contains(listener))
        {
            Close(listener);
            listener.End(Shape());
        }
    }

    private (Listener? Listener, McpFault? Fault) Admit(CallContext context, McpCall listen, ListenFilter honoured)
    {
        if (_listeners.Count >= options.ListenersMax)
        {
            return (null, new McpFault(FaultReason.LimitExceeded, "The server has too many listeners."));
        }

        if (_listeners.Count(l => l.Principal == context.Principal) >= options.ListenersPerPrincipalMax)
        {
            return (null, new McpFault(FaultReason.LimitExceeded, "You have too many listeners."));
        }

        var listener = new Listener(context.Principal, listen.Id, honoured, options.NotificationsMax);
        listener.Acknowledge();
        _listeners.Add(listener);
        return (listener, null);
    }
}
