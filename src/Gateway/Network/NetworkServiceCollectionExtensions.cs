using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Configuration;
using Smcp.Network.Addresses;
using Smcp.Network.Countries;
using Smcp.Network.Forwarding;
using Smcp.Network.Rules;
using Smcp.Network.Tls;
using Smcp.Quotas;

namespace Smcp.Network;

/// <summary>Adds station 2: the guards, in the order in which a request meets them.</summary>
internal static class NetworkServiceCollectionExtensions
{
    public static IServiceCollection AddNetwork(this IServiceCollection services)
    {
        services.AddSection<NetworkOptions>(NetworkOptions.Section);
        services.AddSection<ForwardingOptions>(ForwardingOptions.Section);
        services.AddSection<AddressOptions>(AddressOptions.Section);
        services.AddSection<TlsOptions>(TlsOptions.Section);
        services.AddSection<CountryOptions>(CountryOptions.Section);
        services.AddSection<RequestRuleOptions>(RequestRuleOptions.Section);
        services.PostConfigure<LoggerFilterOptions>(KeepQueriesOut);
        return services
            .AddSingleton<IValidateOptions<ForwardingOptions>, ForwardingOptionsCheck>()
            .AddSingleton<IValidateOptions<AddressOptions>, AddressOptionsCheck>()
            .AddSingleton<IValidateOptions<TlsOptions>, TlsOptionsCheck>()
            .AddSingleton<IValidateOptions<CountryOptions>, CountryOptionsCheck>()
            .AddSingleton<IValidateOptions<RequestRuleOptions>, RequestRuleOptionsCheck>()
            .AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelLimits>()
            .AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelTls>()
            .AddSingleton<TlsCertificates>()
            .AddSingleton<CountryDatabase>()
            .AddSingleton<RequestRules>()
            .AddSingleton<NetworkMeter>()
            .AddSingleton<RefusalLog>()
            .AddSingleton<HostAllowList>()
            .AddSingleton<OriginPolicy>()
            .AddSingleton<RequestSlots>()
            .AddGuards();
    }

    private static IServiceCollection AddGuards(this IServiceCollection services) => services
        .AddSingleton<INetworkGuard, ForwardingGuard>()
        .AddSingleton<INetworkGuard, TransportGuard>()
        .AddSingleton<INetworkGuard, AddressGuard>()
        .AddSingleton<INetworkGuard, CountryGuard>()
        .AddSingleton<INetworkGuard, RateGuard>()
        .AddSingleton<INetworkGuard, HostGuard>()
        .AddSingleton<INetworkGuard, OriginGuard>()
        .AddSingleton<INetworkGuard, RequestRuleGuard>();

    /// <summary>
    /// The web server's own lines hold first lines of requests, and with them what somebody wrongly put into a query.
    /// </summary>
    private static void KeepQueriesOut(LoggerFilterOptions options)
    {
        options.Rules.Add(new LoggerFilterRule(null, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None, null));
        options.Rules.Add(
            new LoggerFilterRule(null, "Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None, null));
    }
}
