using System.Globalization;
using System.Security.Cryptography;
using Smcp.Identity;
using Smcp.Runtimes;

namespace Smcp.Servers.Health;

/// <summary>
/// How one instance is: what its runtime noted, and how its calls ended. On the activation's scheduler.
/// </summary>
internal sealed class InstanceHealth(string instance, TimeProvider time)
{
    private const string RestsText = "No process of it runs; the next call starts one.";

    private readonly string _id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private bool _hasProcesses;
    private int _running;
    private int _restarts;
    private DateTimeOffset _startedAt = time.GetUtcNow();
    private ServerExit? _lastExit;
    private string? _failing;
    private long _calls;
    private long _failures;
    private int _harms;
    private Dictionary<string, int> _harmsOf = [];

    /// <summary>Names this activation to people.</summary>
    public string Id => _id;

    /// <summary>Whom alone all of it serves; null where it serves more than one.</summary>
    public PrincipalId? Served { get; set; }

    /// <summary>The runtime starts anew: what the one before had is gone.</summary>
    public void Begin()
    {
        _running = 0;
        _failing = null;
        _startedAt = time.GetUtcNow();
    }

    public void Count(bool failed)
    {
        _calls++;
        _failures += failed ? 1 : 0;
    }

    /// <summary>Why the runtime could not be started; null: it was.</summary>
    public void Fail(string? why) => _failing = why ?? _failing;

    /// <returns>Whether its server's grain should hear of it now.</returns>
    public bool Take(RuntimeNote note)
    {
        switch (note.Kind)
        {
            case RuntimeNoteKind.Started:
                (_hasProcesses, _startedAt) = (true, time.GetUtcNow());
                _running++;
                return _running == 1;
            case RuntimeNoteKind.Ended:
                return End(note);
            case RuntimeNoteKind.Failing:
                return Fail(note);
            case RuntimeNoteKind.Rests:
                (var isNews, _hasProcesses) = (!_hasProcesses, true);
                return isNews;
            default:
                var wasFailing = _failing is not null;
                _failing = null;
                return wasFailing;
        }
    }

    /// <summary>What is to be reported; the counts begin anew.</summary>
    public InstanceReport Report(bool isRunning, bool isStarting, TimeSpan next)
    {
        var (state, reason) = StateOf(isRunning, isStarting);
        var report = new InstanceReport
        {
            Instance = instance,
            Id = _id,
            State = state,
            Reason = reason,
            StartedAt = _startedAt,
            Restarts = _restarts,
            LastExit = _lastExit,
            Calls = _calls,
            Failures = _failures,
            Harms = _harms,
            HarmsOf = _harmsOf,
            Next = next,
        };
        (_calls, _failures, _harms, _harmsOf) = (0, 0, 0, []);
        return report;
    }

    /// <summary>The report did not arrive: what it counted is in the next.</summary>
    public void Restore(InstanceReport report)
    {
        _calls += report.Calls;
        _failures += report.Failures;
        _harms += report.Harms;
        foreach (var (principal, harms) in report.HarmsOf)
        {
            _harmsOf[principal] = _harmsOf.GetValueOrDefault(principal) + harms;
        }
    }

    private bool Fail(RuntimeNote note)
    {
        if (note.Exit is { } exit)
        {
            Harm(exit, note.Served);
            return true;
        }

        var isNews = _failing is null;
        _failing = note.Text;
        return isNews;
    }

    private bool End(RuntimeNote note)
    {
        _running = Math.Max(0, _running - 1);
        if (note.Exit is not { Reason: not ExitReason.Idle } exit)
        {
            return _running == 0;
        }

        Harm(exit, note.Served);
        return true;
    }

    private void Harm(ServerExit exit, PrincipalId? served)
    {
        _lastExit = exit;
        _restarts++;
        if (exit.IsHarm)
        {
            _harms++;
            if ((served ?? Served)?.ToString() is { } principal)
            {
                _harmsOf[principal] = _harmsOf.GetValueOrDefault(principal) + 1;
            }
        }

        _failing = exit.Text;
    }

    private (InstanceState State, string? Reason) StateOf(bool isRunning, bool isStarting) =>
        isStarting ? (InstanceState.Starting, null)
        : _failing is not null ? (InstanceState.Failing, _failing)
        : isRunning && (_running > 0 || !_hasProcesses)
            ? (InstanceState.Running, _running > 1
                ? string.Create(CultureInfo.InvariantCulture, $"{_running} processes of it run.")
                : null)
        : (InstanceState.Resting, RestsText);
}
