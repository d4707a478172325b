using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Data;

/// <summary>
/// What a tenant's servers store, counted; key: the tenant. Each part of a store says how many bytes it holds, before
/// it holds more: so the sum is never less than what is stored, and more only by a write that a crash cut short, until
/// that part is used again.
/// </summary>
[Grain("storage-usage")]
public interface IStorageUsageGrain
{
    /// <summary>
    /// From a part of a store, as <see cref="DataSource"/> names it, that is to hold so many bytes: durable before it
    /// returns. Null when the tenant's quota allows it; less than it held it may always hold.
    /// </summary>
    [Interleaves]
    ValueTask<McpFault?> ReserveAsync(string source, long bytes, CancellationToken cancellationToken);

    /// <summary>From a part of a store that holds so many bytes, whatever the quota.</summary>
    [Interleaves]
    ValueTask ReportAsync(string source, long bytes, CancellationToken cancellationToken);

    /// <summary>How much is stored, in all and by server.</summary>
    [Interleaves]
    ValueTask<StorageUsage> DescribeAsync(CallContext context, CancellationToken cancellationToken);
}
