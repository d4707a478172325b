using System.Globalization;

namespace Smcp.Servers.Health;

/// <summary>What a server's state is called, and why, in words that its tenant understands.</summary>
internal static class HealthWords
{
    /// <summary>So few calls say nothing of a server.</summary>
    private const int CallsMin = 5;

    /// <summary>Of how many calls one may fail.</summary>
    private const int FailureShare = 10;

    public static (ServerHealth Health, string Reason) Of(
        ServerHold? hold,
        bool serves,
        IReadOnlyList<RosterEntry> instances,
        (long Calls, long Failures, long Exits) counts,
        ServerExit? lastExit)
    {
        if (hold is not null)
        {
            return (
                hold.Kind == HoldKind.Quarantined ? ServerHealth.Quarantined : ServerHealth.Stopped,
                ServerHolds.Words(hold));
        }

        if (!serves)
        {
            return (ServerHealth.Stopped, "No version of the server is in use.");
        }

        var failing = instances.Where(entry => entry.Report.State == InstanceState.Failing).ToList();
        if (failing.Count > 0 && failing.Count == instances.Count)
        {
            return (ServerHealth.Unhealthy, failing[0].Report.Reason ?? "What it last tried failed.");
        }

        if (counts.Calls >= CallsMin && counts.Failures * 2 >= counts.Calls)
        {
            return (ServerHealth.Unhealthy, Failed(counts.Failures, counts.Calls));
        }

        if (instances.Count > 0 && instances.All(entry => entry.Report.State == InstanceState.Starting))
        {
            return (ServerHealth.Starting, "It starts.");
        }

        return Degraded(instances.Count, failing, counts, lastExit) is { } reason
            ? (ServerHealth.Degraded, reason)
            : (ServerHealth.Healthy, Well(instances));
    }

    private static string? Degraded(
        int instances,
        List<RosterEntry> failing,
        (long Calls, long Failures, long Exits) counts,
        ServerExit? lastExit) =>
        failing.Count > 0 ? Text($"{failing.Count} of {instances} instances fail: {failing[0].Report.Reason}")
        : counts.Exits > 0 ? Text($"Its processes ended unexpectedly, {counts.Exits} times lately. {lastExit?.Text}")
        : counts.Failures >= CallsMin && counts.Failures * FailureShare >= counts.Calls
            ? Failed(counts.Failures, counts.Calls)
        : null;

    private static string Well(IReadOnlyList<RosterEntry> instances) =>
        instances.Any(entry => entry.Report.State == InstanceState.Running)
            ? "It runs."
            : "Nothing of it runs at the moment; the next call starts it.";

    private static string Failed(long failures, long calls) => Text($"{failures} of {calls} calls failed lately.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture).TrimEnd();
}
