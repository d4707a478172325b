using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Smcp.Admin;
using Smcp.Auth;
using Smcp.Connections;
using Smcp.Health;
using Smcp.Mcp;
using Smcp.Mcp.Dispatch;
using Smcp.Mcp.Headers;
using Smcp.Mcp.Messages;
using Smcp.Mcp.Relay;
using Smcp.Mcp.Revisions;
using Smcp.Mcp.Routes;
using Smcp.Mcp.Sse;
using Smcp.Network;
using Smcp.OAuth;
using Smcp.Operators;
using Smcp.Pages;
using Smcp.Quotas;
using Smcp.Security.Audit;
using Smcp.Servers;

namespace Smcp;

/// <summary>Adds the gateway to a host. The engine (locator, streams, failures) comes from elsewhere.</summary>
public static class GatewayServiceCollectionExtensions
{
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GatewayTelemetry>();
        services.AddAuditTrail();
        services.AddOptions<GatewayOptions>()
            .Bind(configuration.GetSection(GatewayOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsCheck>();
        services.AddSingleton(p => new CanonicalUrls(
            p.GetRequiredService<IServer>(), p.GetRequiredService<IOptions<GatewayOptions>>()));
        return services
            .AddHealth()
            .AddNetwork()
            .AddLimits()
            .AddAuth(configuration)
            .AddOAuthEndpoints()
            .AddPages()
            .AddConnectionPages()
            .AddAdmin(configuration)
            .AddMcp(configuration);
    }

    /// <summary>Puts the stations in the pipeline, in the order of a request: the first thing in it.</summary>
    // :: 1 pipeline
    public static IApplicationBuilder MapGateway(this IApplicationBuilder app) => app
        .MapHealth()
        .UseMiddleware<NetworkGuards>()
        .UseMiddleware<OAuthEndpoints>()
        .UseMiddleware<PagesEndpoint>()
        .UseMiddleware<McpEndpoint>()
        .UseMiddleware<AdminEndpoint>()
        .UseMiddleware<OperatorGate>();

    private static IServiceCollection AddAuth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthOptions>()
            .Bind(configuration.GetSection(AuthOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ICredentialScheme, ApiKeyScheme>()
            .AddSingleton<AuthAudit>()
            .AddSingleton<KnownCallers>()
            .AddSingleton<KnownTenants>()
            .AddSingleton<TenantNetworks>()
            .AddSingleton<TenantDoor>()
            .AddSingleton<TenantAuthentication>();
    }

    private static IServiceCollection AddMcp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<McpOptions>()
            .Bind(configuration.GetSection(McpOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ServerRoutes>()
            .AddSingleton<ServerDefinitions>()
            .AddSingleton<InstanceRoutes>()
            .AddSingleton<KnownSessions>()
            .AddSingleton<ToolHeaders>()
            .AddSingleton<McpRequestReader>()
            .AddSingleton<RevisionGate>()
            .AddSingleton<BellDesk>()
            .AddSingleton<SessionStreams>()
            .AddSingleton<SessionDispatch>()
            .AddSingleton<StopDeadline>()
            .AddSingleton<FrameRelays>()
            .AddSingleton<CallNames>()
            .AddMovingInstances()
            .AddSingleton<StatelessDispatch>()
            .AddSingleton<McpDispatcher>()
            .AddSingleton<McpStations>();
    }
}
