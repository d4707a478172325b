using System.Runtime.InteropServices;
using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>
/// The requests that wait, under their limits, and the one timer that keeps their windows and deadlines. On the
/// activation's scheduler.
/// </summary>
internal sealed class CallTable(IActivationContext activation, InstanceOptions options)
{
    private readonly Dictionary<CallId, CallLeg> _legs = [];
    private readonly Dictionary<string, int> _byCaller = [];

    /// <summary>How many are held: their clients wait, or their runs go on though nobody waits any more.</summary>
    public int Count => _legs.Count;

    /// <summary>Whether anybody waits for an answer still.</summary>
    public bool HasOpen => _legs.Values.Any(leg => !leg.Done);

    /// <summary>All legs. They may be removed, not added, while this is enumerated.</summary>
    public Dictionary<CallId, CallLeg>.ValueCollection Legs => _legs.Values;

    public CallLeg? Find(CallId id) => _legs.GetValueOrDefault(id);

    /// <summary>Takes up a leg; null when admitted.</summary>
    public McpFault? Admit(CallLeg leg)
    {
        if (_legs.Count >= options.CallsInFlightMax)
        {
            return new McpFault(FaultReason.LimitExceeded, "The server has too many calls in flight.");
        }

        ref var ofCaller = ref CollectionsMarshal.GetValueRefOrAddDefault(_byCaller, CallerOf(leg.Call), out _);
        if (ofCaller >= options.CallsPerCallerMax)
        {
            return new McpFault(FaultReason.LimitExceeded, "Too many of your calls are in flight.");
        }

        if (!_legs.TryAdd(leg.Id, leg))
        {
            return new McpFault(FaultReason.InvalidRequest, "The call is in flight already.");
        }

        ofCaller++;
        leg.Call.DeadlineAt = leg.SinceAt + Timestamps(leg.Call.Deadline ?? options.CallDeadline);
        return null;
    }

    /// <summary>
    /// Lets a leg go when nothing more of it is to be handed over and its run does not go on in its name. A run whose
    /// client left still counts against the limits, or they could be got round by cancelling.
    /// </summary>
    public void Release(CallLeg leg)
    {
        if (leg.Done && (leg.Call.RunEnded || leg.Call.Leg != leg) && _legs.Remove(leg.Id))
        {
            var caller = CallerOf(leg.Call);
            ref var ofCaller = ref CollectionsMarshal.GetValueRefOrNullRef(_byCaller, caller);
            if (--ofCaller == 0)
            {
                _byCaller.Remove(caller);
            }
        }
    }

    /// <summary>Which of these calls of a session still have something to come.</summary>
    public IReadOnlyList<CallId> StillInFlight(string session, IReadOnlyList<CallId> calls) =>
        [.. calls.Where(id => Find(id) is { Done: false } leg && leg.Call.Request.Session == session)];

    /// <summary>A span in the clock's timestamps.</summary>
    public long Timestamps(TimeSpan span) => (long)(span.TotalSeconds * activation.Time.TimestampFrequency);

    private static string CallerOf(InFlightCall call) =>
        call.Request.Session ?? call.Caller.Principal.ToString();
}
