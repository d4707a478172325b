using System.ComponentModel.DataAnnotations;

namespace Smcp.Admin;

/// <summary>The limits of the administration API.</summary>
internal sealed class AdminOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway:Admin";

    /// <summary>How many bytes the body of a request may have. Default: 256 KiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int RequestBytesMax { get; set; } = 256 * 1024;

    /// <summary>How many bytes an archive may have, where a route takes one. Default: 32 MiB.</summary>
    [Range(1024, 4_294_967_295)]
    public long ArchiveBytesMax { get; set; } = 32 * 1024 * 1024;

    /// <summary>How many archives may be arriving at one time. Default: 4.</summary>
    [Range(1, 1_000)]
    public int ArchivesMax { get; set; } = 4;

    /// <summary>How long an archive may take to arrive. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ArchiveTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many items a page has where nobody says. Default: 50.</summary>
    [Range(1, 200)]
    public int PageItems { get; set; } = 50;

    /// <summary>How many items a page may have. Default: 200.</summary>
    [Range(1, 200)]
    public int PageItemsMax { get; set; } = 200;

    /// <summary>
    /// Changes of one principal that may be refused in a minute, each with its records in the audit log; what it asks
    /// beyond is not begun, and counted together there; what ends something, and the export of the log, is begun all
    /// the same. Default: 60.
    /// </summary>
    [Range(1, 100_000)]
    public int RefusedChangesPerMinute { get; set; } = 60;

    /// <summary>Principals whose refused changes are counted. Default: 10,000.</summary>
    [Range(16, 10_000_000)]
    public int RefusedPrincipalsMax { get; set; } = 10_000;

    /// <summary>
    /// How many bytes an answer may have that is kept to be said again; of a longer one only the status is. Default:
    /// 64 KiB.
    /// </summary>
    [Range(1024, 1024 * 1024)]
    public int ReplayBytesMax { get; set; } = 64 * 1024;
}
