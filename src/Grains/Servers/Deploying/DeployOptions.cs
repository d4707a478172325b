using System.ComponentModel.DataAnnotations;

namespace Smcp.Servers.Deploying;

/// <summary>The limits of versions and their manifests.</summary>
internal sealed class DeployOptions
{
    /// <summary>Versions that a server may have at one time; older ones can be removed. Default: 50.</summary>
    [Range(1, 1_000)]
    public int VersionsMax { get; set; } = 50;

    /// <summary>Bytes of the document that says what a version is. Default: 64 KiB.</summary>
    [Range(256, 1_048_576)]
    public int DocumentBytesMax { get; set; } = 64 * 1024;

    /// <summary>
    /// How long the sessions of a version that goes out of use may last, where nobody says. Default: 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan DrainDeadline { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long it may take to read what a version offers, its start included; below the time that a grain call may
    /// take. Default: 25 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ManifestDeadline { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How long the first call of a running version waits until it is known whether it still offers what was approved.
    /// Default: 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan DriftDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of a manifest. Default: 4 MiB.</summary>
    [Range(1_024, 67_108_864)]
    public int ManifestBytesMax { get; set; } = 4 * 1024 * 1024;

    /// <summary>Pages of one of a server's lists that are read for its manifest. Default: 100.</summary>
    [Range(1, 10_000)]
    public int ManifestPagesMax { get; set; } = 100;
}
