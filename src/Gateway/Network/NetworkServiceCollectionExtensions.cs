using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Smcp.Configuration;
using Smcp.Network.Addresses;
using Smcp.Network.Forwarding;
using Smcp.Network.Tls;

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
        return services
            .AddSingleton<IValidateOptions<ForwardingOptions>, ForwardingOptionsCheck>()
            .AddSingleton<IValidateOptions<AddressOptions>, AddressOptionsCheck>()
            .AddSingleton<IValidateOptions<TlsOptions>, TlsOptionsCheck>()
            .AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelLimits>()
            .AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelTls>()
            .AddSingleton<TlsCertificates>()
            .AddSingleton<NetworkMeter>()
            .AddSingleton<HostAllowList>()
            .AddSingleton<OriginPolicy>()
            .AddSingleton<RequestSlots>()
            .AddGuards();
    }

    private static IServiceCollection AddGuards(this IServiceCollection services) => services
        .AddSingleton<INetworkGuard, ForwardingGuard>()
        .AddSingleton<INetworkGuard, TransportGuard>()
        .AddSingleton<INetworkGuard, AddressGuard>()
        // Limits of a rate by address belong here: the client is known, and nothing of what it says was looked at.
        .AddSingleton<INetworkGuard, HostGuard>()
        .AddSingleton<INetworkGuard, OriginGuard>();
}
