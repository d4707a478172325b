using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Tenants;

namespace Smcp.Auth;

/// <summary>What this gateway remembers of tenants, for some seconds.</summary>
internal sealed class KnownTenants(IGrainLocator grains, TimeProvider time, IOptions<AuthOptions> options)
{
    private readonly GenerationCache<TenantId, Held> _known = new(options.Value.TenantsKeptMax);

    /// <summary>The tenant as it was not longer ago than it may be held; completes at once while it is held.</summary>
    public ValueTask<TenantSnapshot> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _known.TryGet(tenant, out var held) && time.GetElapsedTime(held.At) < options.Value.TenantLifetime
            ? new(held.Snapshot)
            : LearnAsync(tenant, cancellationToken);

    /// <summary>The tenant as it is now; what is remembered stays as it was.</summary>
    public ValueTask<TenantSnapshot> AskAsync(TenantId tenant, CancellationToken cancellationToken) =>
        grains.Locate<ITenantGrain>(tenant.ToString()).DescribeAsync(cancellationToken);

    private async ValueTask<TenantSnapshot> LearnAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var at = time.GetTimestamp();
        var snapshot = await AskAsync(tenant, cancellationToken);
        _known.Set(tenant, new Held(snapshot, at));
        return snapshot;
    }

    private sealed record Held(TenantSnapshot Snapshot, long At);
}
