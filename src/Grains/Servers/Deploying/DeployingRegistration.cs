using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Smcp.Configuration;
using Smcp.Data;
using Smcp.Network.Egress;
using Smcp.Runtimes;
using Smcp.Runtimes.Jails;
using Smcp.Servers.Deploying.Images;
using Smcp.Servers.Deploying.Importing.Npm;
using Smcp.Servers.Deploying.Manifests;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying;

/// <summary>Registers versions of servers, and the images that they are made of.</summary>
public static class DeployingRegistration
{
    /// <summary>What takes bundles: for a node that has no grains, too.</summary>
    public static IServiceCollection AddServerBundles(this IServiceCollection services)
    {
        services.AddSection<ImageOptions>("Smcp:Images");
        services.AddSection<ServerDataOptions>("Smcp:Data");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ImageStore>();
        services.TryAddSingleton<IServerBundles, ServerBundles>();
        return services;
    }

    internal static IServiceCollection AddDeploying(this IServiceCollection services)
    {
        services.AddSection<DeployOptions>("Smcp:Deploying");
        services.TryAddSingleton<ServerImages>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ImageFolderStart>());
        services.TryAddSingleton<ImageFolders>();
        services.TryAddSingleton<IImageFolders>(provider => provider.GetRequiredService<ImageFolders>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IJailableFolders, ImageFolders>(
            provider => provider.GetRequiredService<ImageFolders>()));
        services.AddJails().AddEgress();
        services.AddSection<NpmOptions>("Smcp:Npm");
        services.TryAddSingleton<NpmBuilds>();
        services.TryAddSingleton<VersionDocuments>();
        services.TryAddSingleton<InstanceManifests>();
        services.TryAddSingleton<VersionParts>();
        return services.AddServerBundles();
    }
}
