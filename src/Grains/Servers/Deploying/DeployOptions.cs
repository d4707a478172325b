using System.ComponentModel.DataAnnotations;

namespace Smcp.Servers.Deploying;

/// <summary>The limits of versions.</summary>
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
}
