using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Tenants;

/// <summary>
/// Which tenants there are, the deleted ones too: an id is never forgotten, so that its next life is known as one.
/// </summary>
[Grain("directory")]
public interface ITenantDirectoryGrain
{
    /// <summary>The key of the one grain there is.</summary>
    const string Key = "platform";

    /// <summary>Tenants after an id (null: from the first), for an operator.</summary>
    [Interleaves]
    ValueTask<TenantPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken);

    /// <summary>
    /// From a tenant, before its life begins: it is to be listed, durably. Null, or why there may not be another.
    /// </summary>
    ValueTask<McpFault?> AddAsync(TenantId tenant, CancellationToken cancellationToken);
}
