using System.ComponentModel.DataAnnotations;

namespace Smcp.Storage;

/// <summary>Which container of Azure blobs keeps the cluster's data, and within which limits it is used.</summary>
public sealed class BlobOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:AzureBlobs";

    /// <summary>
    /// The connection string of the storage account, with its key (<c>AccountKey</c>) or a shared access signature
    /// (<c>SharedAccessSignature</c>). Secret. Default: none.
    /// </summary>
    [Required(ErrorMessage = "Smcp:AzureBlobs:ConnectionString is missing; the environment's name for it is "
        + "Smcp__AzureBlobs__ConnectionString.")]
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>The container, of Smcp alone; made where there is none. Default: smcp.</summary>
    [Required]
    [RegularExpression("[a-z0-9](-?[a-z0-9]){2,62}")]
    public string Container { get; set; } = "smcp";

    /// <summary>How long one request may take. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often a request is made at most where the service is busy, or a read fails. Default: 4.
    /// </summary>
    [Range(1, 10)]
    public int TriesMax { get; set; } = 4;

    /// <summary>The pause before the second try; it doubles with each. Default: 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Requests of this node at the same time. Default: 64.</summary>
    [Range(1, 1000)]
    public int ConnectionsMax { get; set; } = 64;

    /// <summary>Bytes of one write: a state, or the records of one append together. Default: 16 MiB.</summary>
    [Range(1024, 256L << 20)]
    public long WriteBytesMax { get; set; } = 16L << 20;

    /// <summary>
    /// Bytes after which a read of a log ends early: it returns at least one record, and the rest waits for the next
    /// read. Default: 4 MiB.
    /// </summary>
    [Range(1024, 256L << 20)]
    public long ReadBytesMax { get; set; } = 4L << 20;

    /// <summary>
    /// Bytes of records at which a segment of a log is full. An append writes its segment anew, so a larger one costs
    /// more on each append and a smaller one more blobs. Default: 65,536.
    /// </summary>
    [Range(1, 8 << 20)]
    public int SegmentBytesMax { get; set; } = 64 * 1024;

    /// <summary>
    /// Bytes of segments that a node keeps in memory, so that an append need not read first. Default: 64 MiB.
    /// </summary>
    [Range(0, 16L << 30)]
    public long TailBytesMax { get; set; } = 64L << 20;

    /// <summary>
    /// Bytes of a log's name, or of a state's type, key and name together, as UTF-8. Default: 480.
    /// </summary>
    [Range(64, 480)]
    public int KeyBytesMax { get; set; } = 480;
}
