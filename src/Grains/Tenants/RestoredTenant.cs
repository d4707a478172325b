using Smcp.Identity;
using Smcp.Storage;

namespace Smcp.Tenants;

/// <summary>Puts a tenant in force, or out of it, after a restore, in a store that nobody serves from.</summary>
internal sealed class RestoredTenant(ILogStorage logs, TimeProvider time)
{
    private const string By = "platform/restore";

    /// <summary>As it was, the count of its lives included: as a new version of this store.</summary>
    public async ValueTask PutAsync(TenantRecord record, CancellationToken cancellationToken)
    {
        if (!TenantLog.IsBuiltIn(record.Id))
        {
            await ListAsync(record, cancellationToken);
        }

        var log = new TenantLog(logs, record.Id);
        await log.LoadAsync(cancellationToken);
        var next = record with { Version = log.Current.Version + 1, At = time.GetUtcNow(), By = By };
        await log.AppendAsync(next, cancellationToken);
    }

    /// <summary>
    /// A life of a tenant whose keys were destroyed after the store was copied is over in the copy too: what it stored
    /// cannot be read, and nobody is to be served from that.
    /// </summary>
    public async ValueTask EndAsync(TenantId tenant, int generation, CancellationToken cancellationToken)
    {
        var log = new TenantLog(logs, tenant);
        await log.LoadAsync(cancellationToken);
        if (!TenantLog.IsBuiltIn(tenant) && log.Current.Status.IsThere() && log.Current.Generation <= generation)
        {
            var gone = log.Current with
            {
                Status = TenantStatus.Deleted,
                Configuration = new TenantConfiguration(),
                Version = log.Current.Version + 1,
                At = time.GetUtcNow(),
                By = By,
            };
            await log.AppendAsync(gone, cancellationToken);
        }
    }

    private async ValueTask ListAsync(TenantRecord record, CancellationToken cancellationToken)
    {
        var directory = new LogMap<TenantListing>(logs, TenantDirectoryGrain.LogName, _ => { });
        await directory.LoadAsync(cancellationToken);
        if (!directory.Entries.ContainsKey(record.Id.ToString()))
        {
            await directory.PutAsync(new TenantListing { Tenant = record.Id.ToString() });
        }
    }
}
