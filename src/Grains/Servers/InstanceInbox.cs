using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Smcp.Servers;

/// <summary>
/// Brings what happens off the activation's scheduler (a runtime's callbacks, a cancelled token) onto it: anybody
/// posts, and one loop, started on the scheduler, acts. What is posted is bounded by its posters: one item a call,
/// and a counted number of notifications.
/// </summary>
internal sealed partial class InstanceInbox(ILogger logger)
{
    private readonly Channel<Action> _actions = Channel.CreateUnbounded<Action>(
        new UnboundedChannelOptions { SingleReader = true });

    private bool _started;

    /// <summary>Any thread. After the activation's end nothing happens.</summary>
    public void Post(Action action) => _actions.Writer.TryWrite(action);

    /// <summary>On the scheduler, once: begins to act.</summary>
    public void Start()
    {
        if (!_started)
        {
            _started = true;
            _ = DrainAsync();
        }
    }

    public void Close() => _actions.Writer.TryComplete();

    private async Task DrainAsync()
    {
        while (await _actions.Reader.WaitToReadAsync())
        {
            while (_actions.Reader.TryRead(out var action))
            {
                Act(action);
            }
        }
    }

    private void Act(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            // One item must not end the loop that all calls of the instance depend on.
            LogActionFailed(exception);
        }
    }
}
