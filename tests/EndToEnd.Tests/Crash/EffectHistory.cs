namespace Smcp.EndToEnd.Crash;

/// <summary>
/// What clients know of the effects that they asked for. An effect is a write that carries the client's operation id;
/// it is acknowledged when its complete answer was read, and unknown until then.
/// </summary>
internal sealed class EffectHistory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, bool> _acknowledged = new(StringComparer.Ordinal);

    public int Acknowledged
    {
        get
        {
            lock (_gate)
            {
                return _acknowledged.Values.Count(a => a);
            }
        }
    }

    public void Begin(string operation)
    {
        lock (_gate)
        {
            _acknowledged.Add(operation, false);
        }
    }

    public void Acknowledge(string operation)
    {
        lock (_gate)
        {
            _acknowledged[operation] = true;
        }
    }

    /// <summary>
    /// How the server's history breaks its promise: acknowledged once, unknown at most once, nothing else.
    /// </summary>
    public IReadOnlyList<string> Violations(IReadOnlyList<string> present)
    {
        var times = present.CountBy(o => o, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        lock (_gate)
        {
            return
            [
                .. _acknowledged.Where(o => o.Value && !times.ContainsKey(o.Key)).Select(o => $"lost: {o.Key}"),
                .. times.Where(t => t.Value > 1).Select(t => $"{t.Value} times: {t.Key}"),
                .. times.Keys.Where(o => !_acknowledged.ContainsKey(o)).Select(o => $"never asked for: {o}"),
            ];
        }
    }
}
