using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Servers.Health;

/// <summary>
/// The instances of a server that run, by their own reports: how they are, and the way to end them at once. Nothing of
/// it is stored: after its grain moved, each is known again with its next report.
/// </summary>
internal sealed partial class ServerRoster(
    IActivationContext activation, IEngineFailures failures, HealthOptions options, ILogger logger)
{
    /// <summary>How many reports may be missing until an instance counts as gone.</summary>
    private const int ReportsMissed = 3;

    private const int EndedTogether = 256;

    /// <summary>Whose ends of processes are told apart; those of more count as nobody's.</summary>
    private const int PrincipalsMax = 1_000;

    private readonly Dictionary<string, RosterEntry> _entries = new(StringComparer.Ordinal);
    private readonly CountWindow _counts = new(activation.Time, options.Window);
    private readonly Dictionary<string, CountWindow> _countsOf = new(StringComparer.Ordinal);

    /// <summary>How many processes ended by themselves or over a limit, in the window.</summary>
    public long Exits => _counts.Sum().Exits;

    /// <summary>
    /// How many of them count against the server: of those that served one principal alone, not more than half of what
    /// is too many, so that none shuts a server for the others.
    /// </summary>
    public long ExitsCharged
    {
        get
        {
            var share = Math.Max(1, options.QuarantineExits / 2);
            return Exits - _countsOf.Values.Sum(counts => Math.Max(0, counts.Sum().Exits - share));
        }
    }

    /// <summary>How the last of them ended.</summary>
    public ServerExit? LastExit { get; private set; }

    public void Take(InstanceReport report)
    {
        _counts.Add(report.Calls, report.Failures, report.Harms);
        foreach (var (principal, harms) in report.HarmsOf)
        {
            CountsOf(principal)?.Add(0, 0, harms);
        }

        LastExit = report.Harms > 0 ? report.LastExit ?? LastExit : LastExit;
        if (report.IsLast)
        {
            _entries.Remove(report.Instance);
            return;
        }

        if (!_entries.TryGetValue(report.Instance, out var entry))
        {
            if (_entries.Count >= options.InstancesMax)
            {
                Sweep();
            }

            if (_entries.Count >= options.InstancesMax)
            {
                return;
            }

            entry = new RosterEntry(report, new CountWindow(activation.Time, options.Window));
            _entries[report.Instance] = entry;
        }

        entry.Report = report;
        entry.At = activation.Time.GetTimestamp();
        entry.Counts.Add(report.Calls, report.Failures, report.Harms);
    }

    /// <summary>The past counts against nobody any more.</summary>
    public void Forgive()
    {
        _counts.Clear();
        _countsOf.Clear();
    }

    public IReadOnlyList<RosterEntry> Entries()
    {
        Sweep();
        return [.. _entries.Values];
    }

    /// <summary>How often what happened, in the window.</summary>
    public (long Calls, long Failures, long Exits) Counts() => _counts.Sum();

    /// <summary>
    /// Ends instances at once, with their processes and sessions. Returns when they have, or when that takes too long;
    /// one that cannot be reached finds out by itself.
    /// </summary>
    public async Task EndAsync(Func<InstanceKey, bool> which, McpFault why)
    {
        var ended = _entries.Values.Where(entry => which(entry.Key)).Select(entry => entry.Report.Instance).ToList();
        var ending = EndAllAsync(ended, why);
        try
        {
            await ending.WaitAsync(options.EndPatience, activation.Time);
        }
        catch (TimeoutException)
        {
            LogSlow(activation.Key);
        }
    }

    private CountWindow? CountsOf(string principal)
    {
        if (_countsOf.TryGetValue(principal, out var counts))
        {
            return counts;
        }

        if (_countsOf.Count >= PrincipalsMax)
        {
            foreach (var (other, old) in _countsOf.ToArray())
            {
                if (old.Sum().Exits == 0)
                {
                    _countsOf.Remove(other);
                }
            }
        }

        return _countsOf.Count < PrincipalsMax
            ? _countsOf[principal] = new CountWindow(activation.Time, options.Window)
            : null;
    }

    private async Task EndAllAsync(List<string> instances, McpFault why)
    {
        foreach (var some in instances.Chunk(EndedTogether))
        {
            await Task.WhenAll(some.Select(instance => EndAsync(instance, why)));
        }
    }

    private async Task EndAsync(string instance, McpFault why)
    {
        try
        {
            await activation.Grains.Locate<IInstanceGrain>(instance).EndAsync(why, CancellationToken.None);
            _entries.Remove(instance);
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            LogNotEnded(exception, instance);
        }
    }

    private void Sweep()
    {
        foreach (var (instance, entry) in _entries.ToArray())
        {
            if (activation.Time.GetElapsedTime(entry.At) > entry.Report.Next * ReportsMissed)
            {
                _entries.Remove(instance);
            }
        }
    }
}
