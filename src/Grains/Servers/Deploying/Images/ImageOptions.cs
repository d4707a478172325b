using System.ComponentModel.DataAnnotations;

namespace Smcp.Servers.Deploying.Images;

/// <summary>The limits of what is deployed as files, and of the copies of it on this node.</summary>
internal sealed class ImageOptions
{
    /// <summary>Files of one bundle; no zip has more than 65,534, as Zip64 is not taken. Default: 20,000.</summary>
    [Range(1, 1_000_000)]
    public int FilesMax { get; set; } = 20_000;

    /// <summary>Bytes of a bundle's files, unpacked. Default: 64 MiB.</summary>
    [Range(1_024, 17_179_869_184)]
    public long UnpackedBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many times as large as its archive a bundle may be unpacked; below 1 MiB it may be anything. Default: 100.
    /// </summary>
    [Range(1, 10_000)]
    public int RatioMax { get; set; } = 100;

    /// <summary>Bundles that are unpacked in this process at one time, of each tenant one. Default: 2.</summary>
    [Range(1, 64)]
    public int UnpackingMax { get; set; } = 2;

    /// <summary>How long unpacking one bundle may take. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan UnpackingDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Where this node keeps unpacked images, in a folder of its own that is emptied at the start; each node on a
    /// machine needs another, and one that has another's does not start. Empty: below the system's folder for temporary
    /// files. Default: empty.
    /// </summary>
    public string Folder { get; set; } = string.Empty;

    /// <summary>
    /// Bytes of unpacked images on this node: over it the least recently used go, but never one that is in use.
    /// Default: 2 GiB.
    /// </summary>
    [Range(1_048_576, 1_099_511_627_776)]
    public long CacheBytesMax { get; set; } = 2L * 1024 * 1024 * 1024;

    /// <summary>
    /// How long an image that nothing uses stays on this node: how long a copy of a deleted tenant's code may outlive
    /// it here. Default: 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan CacheLifetime { get; set; } = TimeSpan.FromHours(1);
}
