using System.ComponentModel.DataAnnotations;

namespace Smcp.Quotas.Cpu;

/// <summary>How the processor time of tenants' servers is measured.</summary>
internal sealed class CpuOptions
{
    /// <summary>
    /// How often jails are measured and the sums reported: by so much, on each node, a tenant may exceed its quota.
    /// Default: 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ReportPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a report, or the measuring of one jail, may take. Default: 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ReportTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
