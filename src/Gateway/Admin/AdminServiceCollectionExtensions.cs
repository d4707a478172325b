using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Admin.OpenApi;
using Smcp.Pages;

namespace Smcp.Admin;

/// <summary>Adds the administration API.</summary>
internal static class AdminServiceCollectionExtensions
{
    public static IServiceCollection AddAdmin(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AdminOptions>()
            .Bind(configuration.GetSection(AdminOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IAdminResource, TenantsApi>()
            .AddSingleton<IAdminResource, RolesApi>()
            .AddSingleton<IAdminResource, KeysApi>()
            .AddSingleton<IAdminResource, ClientsApi>()
            .AddSingleton<IAdminResource, UsersApi>()
            .AddSingleton<IAdminResource, GrantsApi>()
            .AddSingleton<IAdminResource, ServersApi>()
            .AddSingleton<IAdminResource, VersionsApi>()
            .AddSingleton<IAdminResource, ConnectionsApi>()
            .AddSingleton<IAdminResource, HealthApi>()
            .AddSingleton<IAdminResource, SecretsApi>()
            .AddSingleton<IAdminResource, DataApi>()
            .AddSingleton<IAdminResource, AuditApi>()
            .AddSingleton<IAdminResource, UsageApi>()
            .AddSingleton<IAdminResource, EncryptionApi>()
            .AddSingleton<AdminRoutes>()
            .AddSingleton<AdminAuthentication>()
            .AddSingleton<AdminRequestReader>()
            .AddSingleton<AdminArchives>()
            .AddSingleton<AdminReplays>()
            .AddSingleton<AdminQuotas>()
            .AddSingleton<AdminGate>()
            .AddSingleton<AdminTenants>()
            .AddSingleton<AdminAudit>()
            .AddSingleton<AdminRefusals>()
            .AddSingleton<AdminWriter>()
            .AddSingleton<AdminFailures>()
            .AddSingleton<AdminDesk>()
            .AddSingleton<OpenApiDocument>()
            .AddSingleton<IPage>(new Shortcut(AdminRoutes.Prefix, DocsPage.Location))
            .AddSingleton<IPage, DocsPage>();
    }
}
