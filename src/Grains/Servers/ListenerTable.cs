using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Runtimes;
using Smcp.Tasks;

namespace Smcp.Servers;

/// <summary>The clients without session that listen to this instance, under their limits.</summary>
internal sealed class ListenerTable(InstanceOptions options)
{
    private readonly HashSet<Listener> _listeners = [];
    private RuntimeFeatures? _features;

    public int Count => _listeners.Count;

    /// <summary>Knows the tasks that listeners name. Set by the grain, which ties the parts together.</summary>
    public TaskRequests? Tasks { get; set; }

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

        _features ??= await RuntimeFeatures.ReadAsync(runtime, context, listen.Id, cancellationToken);
        var honoured = asked.Within(_features).Where(shows);
        if (Tasks is not null)
        {
            honoured = honoured with { Tasks = await Tasks.OwnedAsync(context, asked.Tasks, cancellationToken) };
        }

        return Admit(context, listen.Call, honoured);
    }

    public void Close(Listener listener) => _listeners.Remove(listener);

    /// <summary>Passes a notification of the server to who asked for it.</summary>
    public void Notify(McpFrame frame)
    {
        if (_listeners.Count > 0 && ChangeNotice.Of(frame) is { } notice)
        {
            foreach (var listener in _listeners)
            {
                listener.Tell(notice, frame);
            }
        }
    }

    /// <summary>Passes the state of a task to who asked for it.</summary>
    public void NotifyTask(string task, McpFrame frame) =>
        _listeners.RemoveWhere(l => l.Filter.Tasks.Contains(task) && !l.Tell(frame));

    /// <summary>The server ends all.</summary>
    public void EndAll(ResultShape? shape)
    {
        foreach (var listener in _listeners)
        {
            listener.End(shape);
        }

        _listeners.Clear();
        _features = null;
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
