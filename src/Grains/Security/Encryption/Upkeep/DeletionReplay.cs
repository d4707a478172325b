using Microsoft.Extensions.Logging;
using Smcp.Identity;
using Smcp.Tenants;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>
/// Holds the store's log of deletions against the file beside it. What only the file knows was destroyed after the
/// store was copied: it is destroyed again, before anybody is served. What only the store knows is added to the file.
/// </summary>
internal sealed partial class DeletionReplay(
    DeletionLog log,
    DeletionFile file,
    RestoredTenant tenants,
    IKeyAdministration keys,
    ILogger<DeletionReplay> logger)
{
    /// <returns>The tenants whose keys were destroyed again.</returns>
    public async ValueTask<IReadOnlyList<TenantId>> RunAsync(CancellationToken cancellationToken)
    {
        if (file.Place is null)
        {
            return [];
        }

        var told = await file.ReadAsync(cancellationToken);
        var stored = await log.ReadAsync(cancellationToken);
        var known = stored.Select(deletion => (deletion.Tenant, deletion.Generation)).ToHashSet();
        var missing = told.Where(deletion => !known.Contains((deletion.Tenant, deletion.Generation))).ToList();
        if (missing.Count > 0)
        {
            LogReplays(missing.Count);
            foreach (var deletion in missing)
            {
                await tenants.EndAsync(deletion.Tenant, deletion.Generation, cancellationToken);
            }

            await keys.ReplayDeletionsAsync(missing, cancellationToken);
            await keys.ContinueAsync(cancellationToken);
        }

        await file.AddAsync(stored, cancellationToken);
        return [.. missing.Select(deletion => deletion.Tenant).Distinct()];
    }
}
