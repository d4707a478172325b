using System.ComponentModel.DataAnnotations;

namespace Smcp.Storage;

/// <summary>How a cluster without a store of its own keeps its logs.</summary>
internal sealed class LogOptions
{
    /// <summary>
    /// Bytes of records at which a segment is full. An append rewrites its segment, so a larger one costs more on each
    /// append and a smaller one more rows. Default: 16384.
    /// </summary>
    [Range(1, 1 << 20)]
    public int SegmentBytesMax { get; set; } = 16 * 1024;

    /// <summary>
    /// Bytes of records in one read, one record excepted: what one message between silos carries. Default: 1048576.
    /// </summary>
    [Range(1, 64 << 20)]
    public int PageBytesMax { get; set; } = 1 << 20;
}
