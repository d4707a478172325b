using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Sessions;

namespace Smcp.Quotas;

/// <summary>The quotas that this gateway spends of: those asked for lately, of each kind a bounded number.</summary>
internal sealed class KnownQuotas(QuotaSource source, IOptions<LimitOptions> options)
{
    private readonly GenerationCache<TenantId, LeasedBucket> _tenants = new(options.Value.QuotasKeptMax);
    private readonly GenerationCache<(TenantId, PrincipalId), LeasedBucket> _principals =
        new(options.Value.QuotasKeptMax);
    private readonly GenerationCache<(TenantId, SessionId), LeasedBucket> _sessions = new(options.Value.QuotasKeptMax);
    private readonly ConcurrentDictionary<TenantId, LeasedSlots> _concurrency = new();
    private readonly ConcurrentDictionary<TenantId, LeasedSlots> _streams = new();

    public LeasedBucket Requests(TenantId tenant)
    {
        if (!_tenants.TryGet(tenant, out var bucket))
        {
            bucket = new LeasedBucket(QuotaKey.Requests(tenant), source);
            _tenants.Set(tenant, bucket);
        }

        return bucket;
    }

    public LeasedBucket Requests(TenantId tenant, PrincipalId principal)
    {
        if (!_principals.TryGet((tenant, principal), out var bucket))
        {
            bucket = new LeasedBucket(QuotaKey.Requests(tenant, principal), source);
            _principals.Set((tenant, principal), bucket);
        }

        return bucket;
    }

    public LeasedBucket Requests(TenantId tenant, SessionId session)
    {
        if (!_sessions.TryGet((tenant, session), out var bucket))
        {
            bucket = new LeasedBucket(QuotaKey.Requests(tenant, session), source);
            _sessions.Set((tenant, session), bucket);
        }

        return bucket;
    }

    /// <summary>
    /// Kept while places of it are in use, so not in a cache; only of tenants that exist, so their number is theirs.
    /// </summary>
    public LeasedSlots Concurrency(TenantId tenant) => _concurrency.GetOrAdd(
        tenant, static (id, from) => new LeasedSlots(QuotaKey.Concurrency(id), from), source);

    public LeasedSlots Streams(TenantId tenant) => _streams.GetOrAdd(
        tenant, static (id, from) => new LeasedSlots(QuotaKey.Streams(id), from), source);

    /// <summary>Renews all places that are held.</summary>
    public Task RenewAsync() => Task.WhenAll(
        _concurrency.Values.Concat(_streams.Values)
            .Where(slots => slots.IsHolding)
            .Select(slots => slots.RenewAsync()));
}
