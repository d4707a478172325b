using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Servers;

/// <summary>A tenant's servers; key: the tenant.</summary>
[Grain("server-list")]
public interface IServerListGrain
{
    /// <summary>The servers after an id (null: from the first), for an administrator of the tenant.</summary>
    [Interleaves]
    ValueTask<ServerPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken);
}
