using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Security.Encryption.Keys;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>
/// Ends what this node has in memory of a tenant whose keys were destroyed: nothing of it may be read any more, and
/// nothing it does can be stored.
/// </summary>
internal sealed class TenantEnd(IServiceProvider services, DataKeyStore store, DeletionLog deletions)
{
    /// <summary>The platform's grains outlive the tenant, and so does the one that says that it is gone.</summary>
    private static readonly FrozenSet<string> Stay =
        KeyOwnership.PlatformTypes.Append("tenant").ToFrozenSet(StringComparer.Ordinal);

    private long _looked;

    /// <summary>Ends those that were destroyed, here or on another node, since this was asked last.</summary>
    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        var all = await deletions.ReadAsync(cancellationToken);
        foreach (var deletion in all.Skip((int)Interlocked.Exchange(ref _looked, all.Count)))
        {
            var owner = new KeyOwner(deletion.Tenant.ToString());
            if (await store.ReadAsync(owner, cancellationToken) is { Ring.IsDestroyed: true })
            {
                await RunAsync(owner, cancellationToken);
            }
        }
    }

    /// <summary>Nothing where no engine runs, as when a store is looked after that nobody serves from.</summary>
    public ValueTask RunAsync(KeyOwner owner, CancellationToken cancellationToken) =>
        owner.Tenant is { } tenant && services.GetService<INodeActivations>() is { } node
            ? node.EndAsync(tenant, Stay, cancellationToken)
            : ValueTask.CompletedTask;
}
