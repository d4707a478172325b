namespace Smcp.Servers.Health;

/// <summary>An instance as its server's grain knows it, by its last report.</summary>
internal sealed class RosterEntry(InstanceReport report, CountWindow counts)
{
    public InstanceReport Report { get; set; } = report;

    public InstanceKey Key { get; } = InstanceKey.Parse(report.Instance);

    public CountWindow Counts { get; } = counts;

    /// <summary>When it reported.</summary>
    public long At { get; set; }

    public InstanceStatus Describe()
    {
        var (calls, failures, _) = Counts.Sum();
        return new InstanceStatus
        {
            Id = Report.Id,
            Version = Key.Version,
            State = Report.State,
            Reason = Report.Reason,
            StartedAt = Report.StartedAt,
            Restarts = Report.Restarts,
            LastExit = Report.LastExit,
            Calls = calls,
            Failures = failures,
        };
    }
}
