using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Security.Audit;

/// <summary>
/// A tenant's audit log; key: the tenant id, or <see cref="TenantId.Platform"/>. Records are chained by hash, in
/// the order in which they came, and held for the retention. Reading takes <c>admin.read:audit</c> in the tenant, or
/// <c>platform.read:audit</c>.
/// </summary>
[Grain("audit")]
public interface IAuditGrain
{
    /// <summary>
    /// From a process' trail (no caller reaches it): appends events, durable before it returns. Null when recorded.
    /// </summary>
    [Interleaves]
    ValueTask<McpFault?> AppendAsync(AuditBatch batch, CancellationToken cancellationToken);

    /// <summary>A page of the records asked for. One call looks through a bounded number of records.</summary>
    [Interleaves]
    ValueTask<AuditPage> SearchAsync(CallContext context, AuditQuery query, CancellationToken cancellationToken);

    /// <summary>All records asked for, page by page.</summary>
    IAsyncEnumerable<AuditPage> ExportAsync(
        CallContext context, AuditQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Walks the chain after a number (0: from the first record held), a bounded number of records, and says where it
    /// is broken.
    /// </summary>
    [Interleaves]
    ValueTask<AuditVerification> VerifyAsync(
        CallContext context, long afterSequence, CancellationToken cancellationToken);
}
