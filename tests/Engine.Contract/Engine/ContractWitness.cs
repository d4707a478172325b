using System.Collections.Concurrent;

namespace Smcp.Engine;

/// <summary>
/// What the contract's grains and its tests share, past the engine: events that are seen, gates that are opened, and an
/// ambient value. One for an engine, whatever the number of its silos; all are of one process.
/// </summary>
public sealed class ContractWitness
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly List<(string What, int Times, TaskCompletionSource Done)> _waits = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);
    private readonly AsyncLocal<string?> _ambient = new();

    /// <summary>Flows wherever the execution context flows, which into a grain it must not.</summary>
    public string? Ambient
    {
        get => _ambient.Value;
        set => _ambient.Value = value;
    }

    public void See(string what)
    {
        lock (_gate)
        {
            _seen[what] = _seen.GetValueOrDefault(what) + 1;
            foreach (var wait in _waits.Where(wait => wait.What == what && _seen[what] >= wait.Times))
            {
                wait.Done.TrySetResult();
            }
        }
    }

    public int TimesSeen(string what)
    {
        lock (_gate)
        {
            return _seen.GetValueOrDefault(what);
        }
    }

    /// <summary>Completes when it was seen so many times.</summary>
    public Task WhenSeenAsync(string what, int times = 1)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waits.Add((what, times, done));
            if (_seen.GetValueOrDefault(what) >= times)
            {
                done.TrySetResult();
            }
        }

        return done.Task;
    }

    /// <summary>Lets everybody through who waits at the gate, or will.</summary>
    public void OpenGate(string gate) => GateOf(gate).TrySetResult();

    public Task WhenOpenAsync(string gate) => GateOf(gate).Task;

    private TaskCompletionSource GateOf(string gate) =>
        _gates.GetOrAdd(gate, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
