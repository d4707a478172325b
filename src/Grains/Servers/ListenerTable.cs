using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

/// <summary>The clients without session that listen to this instance, under their limits.</summary>
internal sealed class ListenerTable(InstanceOptions options)
{
    private readonly HashSet<Listener> _listeners = [];

    public int Count => _listeners.Count;

    /// <summary>Takes up a listener and acknowledges it; or says why not.</summary>
    public McpFault? Open(CallContext context, McpCall listen, ListenFilter honoured, out Listener listener)
    {
        listener = new Listener(context.Principal, listen.Id, honoured, options.NotificationsMax);
        if (_listeners.Count >= options.ListenersMax)
        {
            return new McpFault(FaultReason.LimitExceeded, "The server has too many listeners.");
        }

        if (_listeners.Count(l => l.Principal == context.Principal) >= options.ListenersPerPrincipalMax)
        {
            return new McpFault(FaultReason.LimitExceeded, "You have too many listeners.");
        }

        listener.Acknowledge();
        _listeners.Add(listener);
        return null;
    }

    public void Close(Listener listener) => _listeners.Remove(listener);

    /// <summary>Passes a notification of the server to who asked for it.</summary>
    public void Notify(McpFrame frame)
    {
        if (_listeners.Count > 0)
        {
            var uri = frame.Method == McpMethods.ResourceUpdated ? RawJson.Parse(frame.Body)?.Text("uri") : null;
            _listeners.RemoveWhere(l => l.Filter.Wants(frame.Method, uri) && !l.Tell(frame));
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
    }
}
