using Orleans.Dashboard;
using Smcp.Operators;

namespace Smcp.Dashboard;

/// <summary>Orleans' own dashboard of the cluster, for operators, at each gateway.</summary>
internal static class ClusterDashboard
{
    /// <summary>Where it is; and what it could ask grains for by their types' names, which is the tenants'.</summary>
    private static readonly OperatorPages Pages = new("/cluster", "/GrainState");

    /// <summary>What a silo tells of itself.</summary>
    public static ISiloBuilder AddClusterDashboard(this ISiloBuilder silo)
    {
        silo.AddDashboard(Configure);
        return silo;
    }

    /// <summary>What a gateway apart from the silos asks them by.</summary>
    public static IClientBuilder AddClusterDashboard(this IClientBuilder client)
    {
        client.AddDashboard(Configure);
        return client;
    }

    public static IServiceCollection AddDashboardPages(this IServiceCollection services) =>
        services.AddSingleton(Pages);

    /// <summary>Behind the gateway, which asks who comes.</summary>
    public static void MapClusterDashboard(this WebApplication app) =>
        app.MapOrleansDashboard(Pages.Path).WithMetadata(Pages);

    /// <summary>Without the log, which names tenants' affairs.</summary>
    private static void Configure(DashboardOptions options) => options.HideTrace = true;
}
