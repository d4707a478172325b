using System.ComponentModel.DataAnnotations;

namespace Smcp.Security.Encryption;

/// <summary>Where the master key is, and the limits of the keys that encrypt what is stored.</summary>
public sealed class EncryptionOptions
{
    /// <summary>
    /// The file of the master key, for its owner only; made at the first start of an empty store. Default:
    /// <c>master.key</c> in the data folder.
    /// </summary>
    [Required]
    public string MasterKeyFile { get; set; } = ".smcp/master.key";

    /// <summary>
    /// Master keys in place of the file, for the environment: <c>VERSION:BASE64</c>, several with commas between, the
    /// highest version wraps. Secret. Default: none.
    /// </summary>
    public string? MasterKeys { get; set; }

    /// <summary>
    /// The file where each destruction of keys is noted beside the store, so that a restore can replay it. Default:
    /// none; <c>deletions.log</c> in the data folder of a single machine.
    /// </summary>
    public string? DeletionsFile { get; set; }

    /// <summary>
    /// Messages that one data key encrypts before another takes its place; random nonces allow no more than 2^30.
    /// Default: 1,073,741,824.
    /// </summary>
    [Range(1 << 10, 1 << 30)]
    public int KeyMessagesMax { get; set; } = 1 << 30;

    /// <summary>
    /// Messages that a node counts durably ahead, at its start and whenever they are used up. Default: 65,536.
    /// </summary>
    [Range(1, 1 << 24)]
    public int KeyMessagesBlock { get; set; } = 1 << 16;

    /// <summary>
    /// How long what the index must know waits to be written with the rest. A row that is put back to what it was
    /// before is noticed from then on. Default: 100 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan IndexDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Removed rows that the index of one tenant remembers, so that none comes back. Default: 65,536.
    /// </summary>
    [Range(0, 10_000_000)]
    public int IndexRemovedMax { get; set; } = 65_536;

    /// <summary>
    /// Entries that the log of an index may hold beyond two for each row before it is written anew. Default: 16,384.
    /// </summary>
    [Range(16, 10_000_000)]
    public int IndexSlack { get; set; } = 16_384;

    /// <summary>
    /// Rows whose counters one user of the store remembers, so that a write need not read first. Default: 16,384.
    /// </summary>
    [Range(16, 10_000_000)]
    public int RowsKnownMax { get; set; } = 16_384;

    /// <summary>
    /// Tenants whose data keys and index a node holds in memory; where one more comes, one that was not used of late is
    /// let go, and read again when it is. Default: 4,096.
    /// </summary>
    [Range(2, 1_000_000)]
    public int OwnersHeldMax { get; set; } = 4_096;

    /// <summary>
    /// How often a node looks whether keys were added or destroyed on another. Default: 2 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan KeyRefresh { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long after a data key stopped writing its rows are encrypted anew and it is destroyed: longer than any node
    /// may go on writing with it. Default: 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan RetiredKeyGrace { get; set; } = TimeSpan.FromMinutes(1);
}
