using System.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Smcp.Configuration;
using Smcp.Connections;
using Smcp.Data;
using Smcp.Identity;
using Smcp.Identity.Federation;
using Smcp.Identity.OAuth;
using Smcp.Identity.Replays;
using Smcp.Identity.Users;
using Smcp.Quotas;
using Smcp.Security.Audit;
using Smcp.Security.Encryption;
using Smcp.Security.Secrets;
using Smcp.Servers;
using Smcp.Servers.Deploying;
using Smcp.Servers.Health;
using Smcp.Sessions;
using Smcp.Storage;
using Smcp.Tasks;
using Smcp.Tenants;
using Smcp.Usage;
using Smcp.Wire;

namespace Smcp.Engine;

/// <summary>Registers the Orleans engine, on silos and on gateways that are clients of them.</summary>
internal static class SiloEngine
{
    /// <summary>What a silo needs: the engine's ports, and the context that shells are made with.</summary>
    public static ISiloBuilder AddSmcpEngine(this ISiloBuilder silo, bool runsPrograms = true)
    {
        silo.Configure<SiloMessagingOptions>(options =>
        {
            options.CancelRequestOnTimeout = true;

            // A caller takes a call for lost with the silo that it sent it to. One that this silo had passed on runs on
            // elsewhere; so it is refused instead, and sent again (PatientCalls).
            options.MaxForwardCount = 0;
        });
        if (!silo.Services.HasBells())
        {
            silo.AddMemoryStreams(OrleansStreamHub.ProviderName, streams => streams.ConfigurePullingAgent(
                agent => agent.Configure(options => options.GetQueueMsgsTimerPeriod = OrleansStreamHub.PollPeriod)));
        }

        silo.UseSiloMetadata(ProgramSilos.Metadata(runsPrograms));
        silo.Services.AddPlacementFilter<VersionPlacement, VersionPlacementDirector>(ServiceLifetime.Transient);
        silo.Services.AddPlacementFilter<PoolPlacement, PoolPlacementDirector>(ServiceLifetime.Transient);
        silo.AddActivityPropagation();
        silo.AddIncomingGrainCallFilter<TraceContextFilter>();
        silo.AddIncomingGrainCallFilter<RunningCalls>();
        silo.AddOutgoingGrainCallFilter<TraceContextFilter>();
        silo.AddOutgoingGrainCallFilter<PatientCalls>();
        var services = silo.Services;
        services.AddEngine();
        services.AddSingleton(new NodeReach(HasOtherNodes: true));
        var hasStore = services.HasStore();
        if (!hasStore)
        {
            services.AddProviderStorage();
        }

        services.AddSingleton<SiloActivations>();
        services.AddSingleton<INodeActivations>(provider => provider.GetRequiredService<SiloActivations>());
        services.AddSingleton<ShellServices>();
        services.AddScoped<ShellActivation>();

        // A store of its own is up before the silo; one that is grains only with it.
        services.AddStorageEncryption(opensFirst: hasStore);
        return silo;
    }

    /// <summary>What a gateway apart from the silos needs.</summary>
    public static IClientBuilder AddSmcpEngine(this IClientBuilder client)
    {
        client.Configure<ClientMessagingOptions>(options => options.CancelRequestOnTimeout = true);
        if (!client.Services.HasBells())
        {
            client.AddMemoryStreams(OrleansStreamHub.ProviderName);
        }

        client.AddActivityPropagation();
        client.AddOutgoingGrainCallFilter<TraceContextFilter>();
        client.AddOutgoingGrainCallFilter<PatientCalls>();
        client.Services.AddSingleton<LostGateways>();
        client.AddGatewayCountChangedHandler(services =>
        {
            var gateways = services.GetRequiredService<LostGateways>();
            return (_, change) => gateways.Changed(change);
        });
        client.Services.AddEngine();
        return client;
    }

    public static IServiceCollection AddShell<TGrain, TShell>(this IServiceCollection services)
        where TGrain : class
        where TShell : TGrain, IGrainWithStringKey =>
        services.AddSingleton(ShellRegistration.Of<TGrain, TShell>());

    public static IServiceCollection AddJsonMessages(this IServiceCollection services, IEnumerable<Type> types)
    {
        foreach (var type in types)
        {
            services.AddSingleton(new WireRegistration(type));
        }

        return services;
    }

    private static bool HasBells(this IServiceCollection services) =>
        services.Any(service => service.ServiceType == typeof(IStreamHub));

    private static bool HasStore(this IServiceCollection services) =>
        services.Any(service => service.ServiceType == typeof(ILogStorage) && service.IsKeyedService);

    /// <summary>Grain state, and logs as grains, over an Orleans storage provider.</summary>
    private static void AddProviderStorage(this IServiceCollection services)
    {
        services.AddSection<LogOptions>("Smcp:Silo:Log");
        services.AddKeyedSingleton<ILogStorage, ClusterLogStorage>(RawStorage.Key);
        services.AddSingleton<ClusterInventory>();
        services.AddKeyedSingleton<IStorageInventory>(
            RawStorage.Key, (provider, _) => provider.GetRequiredService<ClusterInventory>());
        services.AddKeyedTransient<Smcp.Storage.IGrainStorage, ClusterGrainStorage>(RawStorage.Key);
        services.AddKeyedSingleton<IGrainStorageSerializer, WireGrainStorageSerializer>(ShellServices.StorageName);
    }

    private static void AddEngine(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ShellCatalog>();
        services.AddSingleton<IGrainLocator, ShellLocator>();
        services.TryAddSingleton<IStreamHub, OrleansStreamHub>();
        services.AddSingleton<IEngineFailures, OrleansFailures>();
        services.AddSection<CallOptions>(CallOptions.Section);
        services.AddShell<IAuditGrain, IAuditShell>();
        services.AddShell<ISecretsGrain, ISecretsShell>();
        services.AddShell<IEgressGrain, IEgressShell>();
        services.AddShell<ICpuGrain, ICpuShell>();
        services.AddShell<IKeyValuesGrain, IKeyValuesShell>();
        services.AddShell<IObjectsGrain, IObjectsShell>();
        services.AddShell<IServerDataGrain, IServerDataShell>();
        services.AddShell<IStorageUsageGrain, IStorageUsageShell>();
        services.AddShell<ISessionGrain, ISessionShell>();
        services.AddShell<IInstanceGrain, IInstanceShell>();
        services.AddShell<IServerGrain, IServerShell>();
        services.AddShell<ITaskGrain, ITaskShell>();
        services.AddShell<ITaskListGrain, ITaskListShell>();
        services.AddShell<ITenantGrain, ITenantShell>();
        services.AddShell<ITenantDirectoryGrain, ITenantDirectoryShell>();
        services.AddShell<IEncryptionGrain, IEncryptionShell>();
        services.AddShell<IServerListGrain, IServerListShell>();
        services.AddShell<IServerImportGrain, IServerImportShell>();
        services.AddShell<IServerLogGrain, IServerLogShell>();
        services.AddShell<IReplayGrain, IReplayShell>();
        services.AddShell<IKeyGrain, IKeyShell>();
        services.AddShell<IQuotaGrain, IQuotaShell>();
        services.AddShell<IUsageGrain, IUsageShell>();
        services.AddShell<IUserGrain, IUserShell>();
        services.AddShell<IUserDirectoryGrain, IUserDirectoryShell>();
        services.AddShell<ILoginGrain, ILoginShell>();
        services.AddShell<IBrowserSessionGrain, IBrowserSessionShell>();
        services.AddShell<IConnectionGrain, IConnectionShell>();
        services.AddShell<IConnectionsGrain, IConnectionsShell>();
        services.AddShell<IFederationGrain, IFederationShell>();
        services.AddShell<IFederationAttemptGrain, IFederationAttemptShell>();
        services.AddShell<IAuthorizationGrain, IAuthorizationShell>();
        services.AddShell<IApiKeyGrain, IApiKeyShell>();
        services.AddShell<IApiKeysGrain, IApiKeysShell>();
        services.AddShell<IClientGrain, IClientShell>();
        services.AddShell<IClientsGrain, IClientsShell>();
        services.AddShell<IRegistrarGrain, IRegistrarShell>();
        services.AddShell<IGrantGrain, IGrantShell>();
        services.AddShell<IUserGrantsGrain, IUserGrantsShell>();
        services.AddShell<ISigningKeysGrain, ISigningKeysShell>();
        services.AddJsonMessages(WireMessages.Json);
        services.AddSerialization();
    }

    private static void AddSerialization(this IServiceCollection services)
    {
        services.AddSingleton<WireTypes>();
        services.AddSingleton<ICodecSelector>(provider => provider.GetRequiredService<WireTypes>());
        services.AddSingleton<IGeneralizedCopier>(provider => provider.GetRequiredService<WireTypes>());
        services.AddSerializer(builder => builder
            .AddJsonSerializer(isSerializable: null, isCopyable: null, options => options.Configure(
                json => json.SerializerOptions = WireJson.Options))
            .Configure(AddAliases));

        services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add("Smcp"));
        services.AddSingleton<IGeneralizedCodec, ForeignExceptionCodec>();
    }

    /// <summary>
    /// On the wire a message is known by its declared alias, whatever its class is called, and whatever its version
    /// adds: nodes that do not know what was added pass it over.
    /// </summary>
    private static void AddAliases(TypeManifestOptions options)
    {
        foreach (var type in typeof(WireAttribute).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<WireAttribute>() is { } wire)
            {
                options.WellKnownTypeAliases[$"smcp.{wire.Alias}"] = type;
            }
        }
    }
}
