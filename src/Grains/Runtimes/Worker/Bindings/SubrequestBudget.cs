namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>
/// How often a process may still ask its bindings and the network. Nothing in a request of workerd says for which call
/// it is, so the calls in flight share what each brought: a call that begins adds its own, and with the last that ends
/// what is left is gone. Thread-safe.
/// </summary>
internal sealed class SubrequestBudget(int perCall)
{
    private readonly Lock _lock = new();
    private int _calls;

    /// <summary>What the process may do on its own account while it starts, before any call.</summary>
    private long _left = perCall;

    public void Begin()
    {
        lock (_lock)
        {
            _left = _calls == 0 ? perCall : _left + perCall;
            _calls++;
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _calls--;
            if (_calls == 0)
            {
                _left = 0;
            }
        }
    }

    /// <summary>Whether one more is allowed.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            if (_left == 0)
            {
                return false;
            }

            _left--;
            return true;
        }
    }
}
