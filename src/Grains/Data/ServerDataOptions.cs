using System.ComponentModel.DataAnnotations;

namespace Smcp.Data;

/// <summary>The limits of what is stored for servers.</summary>
internal sealed class ServerDataOptions
{
    /// <summary>Bytes of UTF-8 of a key. Default: 512.</summary>
    [Range(1, 1_024)]
    public int KeyBytesMax { get; set; } = 512;

    /// <summary>Bytes of a value. Default: 32 KiB.</summary>
    [Range(1, 262_144)]
    public int ValueBytesMax { get; set; } = 32_768;

    /// <summary>Bytes of UTF-8 of what a writer says of a value. Default: 1 KiB.</summary>
    [Range(0, 16_384)]
    public int ValueMetadataBytesMax { get; set; } = 1_024;

    /// <summary>
    /// Keys in one of the eight parts of a server's key-value store: they are in memory while they are used, and values
    /// are not. Default: 4,096.
    /// </summary>
    [Range(1, 100_000)]
    public int PartKeysMax { get; set; } = 4_096;

    /// <summary>Bytes of keys and values in one of the eight parts. Default: 8 MiB.</summary>
    [Range(1_024, 268_435_456)]
    public long PartBytesMax { get; set; } = 8 * 1024 * 1024;

    /// <summary>Keys or objects in one page of a list. Default: 256.</summary>
    [Range(1, 1_000)]
    public int PageKeysMax { get; set; } = 256;

    /// <summary>Bytes of UTF-8 of an object's key. Default: 1,024.</summary>
    [Range(1, 1_024)]
    public int ObjectKeyBytesMax { get; set; } = 1_024;

    /// <summary>Bytes of one object. Default: 64 MiB.</summary>
    [Range(0, 5_497_558_138_880)]
    public long ObjectBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>Bytes of UTF-8 of what a writer says of an object, names and values. Default: 2 KiB.</summary>
    [Range(0, 16_384)]
    public int ObjectMetadataBytesMax { get; set; } = 2_048;

    /// <summary>
    /// Bytes of a stored piece of an object: what a read or a write holds in memory at one time. Objects that are
    /// there keep theirs. Default: 64 KiB.
    /// </summary>
    [Range(1_024, 1_048_576)]
    public int ObjectPieceBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Objects in one of the eight parts of a server's, of which what is said of them is in memory while they are used.
    /// Default: 4,096.
    /// </summary>
    [Range(1, 100_000)]
    public int PartObjectsMax { get; set; } = 4_096;

    /// <summary>Objects of one part that are being written at one time. Default: 32.</summary>
    [Range(1, 1_000)]
    public int PartUploadsMax { get; set; } = 32;

    /// <summary>How long a write may wait for its next piece before it is given up. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan UploadIdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How often expired values, and what is left of writes that were cut short, are removed; expired values are not
    /// given from the moment on. Default: 15 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Records that a log may hold beyond two for each key before it is written anew, which is when values that were
    /// replaced leave it. Default: 256.
    /// </summary>
    [Range(1, 1_000_000)]
    public int LogSlack { get; set; } = 256;
}
