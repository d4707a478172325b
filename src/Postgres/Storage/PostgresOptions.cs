using System.ComponentModel.DataAnnotations;

namespace Smcp.Storage;

/// <summary>Which PostgreSQL database keeps the cluster's data, and within which limits it is used.</summary>
public sealed class PostgresOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Postgres";

    /// <summary>
    /// Npgsql's connection string. Secret where it holds a password. It says everything that has no option here, such
    /// as TLS (<c>SSL Mode=VerifyFull</c>). Default: none.
    /// </summary>
    [Required(ErrorMessage = "Smcp:Postgres:ConnectionString is missing; the environment's name for it is "
        + "Smcp__Postgres__ConnectionString, and it looks like Host=…;Database=…;Username=…;Password=….")]
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Connections of this node at most; the one that hears bells is not counted. Default: 20.</summary>
    [Range(1, 1000)]
    public int ConnectionsMax { get; set; } = 20;

    /// <summary>How long one statement may take. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a connection may take to open, a free place in the pool included. Default: 5 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of one write: a state, or the records of one append together. Default: 16 MiB.</summary>
    [Range(1024, 256L << 20)]
    public long WriteBytesMax { get; set; } = 16L << 20;

    /// <summary>
    /// Bytes after which a read of a log ends early: it returns at least one record, and the rest waits for the next
    /// read. Default: 4 MiB.
    /// </summary>
    [Range(1024, 256L << 20)]
    public long ReadBytesMax { get; set; } = 4L << 20;

    /// <summary>Bytes of a key, a name or a log's name, as UTF-8. Default: 1,024.</summary>
    [Range(64, 2500)]
    public int KeyBytesMax { get; set; } = 1024;

    /// <summary>
    /// How long after a lost connection the bells are listened for again. Default: 1 second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ListenRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Bells that may wait for one subscriber; beyond it the oldest is lost, and its connection looks at its next
    /// heartbeat. Default: 16,384.
    /// </summary>
    [Range(1, 1_048_576)]
    public int BellQueueLengthMax { get; set; } = 16_384;
}
