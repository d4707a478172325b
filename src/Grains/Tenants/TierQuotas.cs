using Microsoft.Extensions.Options;

namespace Smcp.Tenants;

/// <summary>What a tenant may use: what its configuration sets, else what its tier does.</summary>
internal sealed class TierQuotas(IOptions<TierOptions> options)
{
    /// <summary>The tiers there are.</summary>
    public static IReadOnlyList<string> Names { get; } = ["free", "standard", "enterprise"];

    public TenantQuotas Of(TenantConfiguration configuration)
    {
        var tier = configuration.Tier switch
        {
            "free" => options.Value.Free,
            "enterprise" => options.Value.Enterprise,
            _ => options.Value.Standard,
        };
        var own = configuration.Quotas;
        return new TenantQuotas
        {
            RequestsPerMinute = own.RequestsPerMinute ?? tier.RequestsPerMinute,
            SessionRequestsPerMinute = own.SessionRequestsPerMinute ?? tier.SessionRequestsPerMinute,
            PrincipalRequestsPerMinute = own.PrincipalRequestsPerMinute ?? tier.PrincipalRequestsPerMinute,
            Sessions = own.Sessions ?? tier.Sessions,
            Streams = own.Streams ?? tier.Streams,
            Concurrency = own.Concurrency ?? tier.Concurrency,
            StorageBytes = own.StorageBytes ?? tier.StorageBytes,
            EgressBytesPerDay = own.EgressBytesPerDay ?? tier.EgressBytesPerDay,
            CpuSecondsPerDay = own.CpuSecondsPerDay ?? tier.CpuSecondsPerDay,
        };
    }

    /// <summary>Every value that is set.</summary>
    public static IEnumerable<long> ValuesOf(TenantQuotas quotas) =>
        new[]
        {
            quotas.RequestsPerMinute, quotas.SessionRequestsPerMinute, quotas.PrincipalRequestsPerMinute,
            quotas.Sessions, quotas.Streams, quotas.Concurrency,
            quotas.StorageBytes, quotas.EgressBytesPerDay, quotas.CpuSecondsPerDay,
        }.OfType<long>();
}
