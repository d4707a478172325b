using System.ComponentModel.DataAnnotations;

namespace Smcp.Runtimes.Jails;

/// <summary>Where jails come from, and what of this host they may see.</summary>
internal sealed class JailOptions
{
    /// <summary>
    /// The unix socket of a jailer that runs as a service. Default: none; this process starts one of its own, which can
    /// do what this process's user can.
    /// </summary>
    public string? JailerSocket { get; set; }

    /// <summary>
    /// Folders of this host, besides servers' images, that jails see read-only at the same path: an interpreter that is
    /// not beneath <c>/usr</c>. None may be where a jail has its own, such as <c>/tmp</c>, or within another of them.
    /// Default: none.
    /// </summary>
    public IList<string> Folders { get; } = [];

    /// <summary>How many jails may run at a time. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int JailsMax { get; set; } = 1_000;

    /// <summary>How many of them may be one tenant's. Default: 250.</summary>
    [Range(1, 100_000)]
    public int JailsPerTenantMax { get; set; } = 250;

    /// <summary>
    /// What all jails of this node together weigh where processor time is short, beside 100 of each other group of
    /// processes, or of each thread that is in none; with less, the server goes before them, and they get less where
    /// others want all. Only at level <c>full</c>, and not with <see cref="JailerSocket"/>: that jailer is told
    /// <c>--cpu-weight</c>. Default: 100.
    /// </summary>
    [Range(1, 10_000)]
    public int CpuWeight { get; set; } = 100;

    /// <summary>How long the jailer may take to start, or to start one jail. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How much of what a jail says that did not start is told, in bytes. Default: 2 KiB.</summary>
    [Range(0, 65_536)]
    public int FailureTextBytesMax { get; set; } = 2_048;
}
