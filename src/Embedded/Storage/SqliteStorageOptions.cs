using System.ComponentModel.DataAnnotations;

namespace Smcp.Storage;

/// <summary>Where and within which limits the embedded store keeps its data.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>The folder that holds the database. One process at a time uses it. Default: data.</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>Writes that may wait; over it a write is refused as unavailable. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int QueueItemsMax { get; set; } = 10_000;

    /// <summary>
    /// Bytes of the writes that may wait; over it a write is refused as unavailable. Default: 32 MiB.
    /// </summary>
    [Range(1024, 1L << 32)]
    public long QueueBytesMax { get; set; } = 32L << 20;

    /// <summary>Writes that share one transaction at most. Default: 512.</summary>
    [Range(1, 100_000)]
    public int BatchItemsMax { get; set; } = 512;

    /// <summary>Bytes of the writes that share one transaction; a single write may be larger. Default: 4 MiB.</summary>
    [Range(1024, 1L << 30)]
    public long BatchBytesMax { get; set; } = 4L << 20;

    /// <summary>Bytes of one write: a state, or the records of one append together. Default: 16 MiB.</summary>
    [Range(1024, 512L << 20)]
    public long WriteBytesMax { get; set; } = 16L << 20;

    /// <summary>Bytes of a key, a name or a log's name, as UTF-8. Default: 1,024.</summary>
    [Range(64, 16_384)]
    public int KeyBytesMax { get; set; } = 1024;

    /// <summary>
    /// Bytes after which a read of a log ends early: it returns at least one record, and the rest waits for the next
    /// read. Default: 4 MiB.
    /// </summary>
    [Range(1024, 1L << 30)]
    public long ReadBytesMax { get; set; } = 4L << 20;

    /// <summary>Connections that read at the same time. Default: 4.</summary>
    [Range(1, 64)]
    public int ReadersMax { get; set; } = 4;

    /// <summary>How long a write waits for a lock that a foreign program holds on the file. Default: 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Pages in the write-ahead log at which it is copied into the database. Default: 1,000 (4 MB).</summary>
    [Range(10, 1_000_000)]
    public int CheckpointPages { get; set; } = 1000;

    /// <summary>
    /// The size to which the write-ahead log's file is cut back, and past which a checkpoint waits for readers in its
    /// way. Default: 64 MiB.
    /// </summary>
    [Range(1L << 20, 1L << 36)]
    public long WalBytesMax { get; set; } = 64L << 20;

    /// <summary>
    /// Free pages in the file past which some are given back to the file system. Default: 4,096 (16 MB).
    /// </summary>
    [Range(0, int.MaxValue)]
    public int FreePagesMax { get; set; } = 4096;

    /// <summary>The page cache of the writing connection; a reading one has a quarter. Default: 8 MiB.</summary>
    [Range(1L << 18, 1L << 32)]
    public long CacheBytes { get; set; } = 8L << 20;

    /// <summary>
    /// The largest file whose structure is checked whole at start (about a second a gigabyte); a larger one is
    /// checked as it is read. Default: 512 MiB.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long CheckBytesMax { get; set; } = 512L << 20;
}
