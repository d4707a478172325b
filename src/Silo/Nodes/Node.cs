using Smcp.Dashboard;
using Smcp.Health;
using Smcp.Servers.Deploying;

namespace Smcp.Nodes;

/// <summary>The parts of a node by its role, put together.</summary>
internal static class Node
{
    public static WebApplicationBuilder Prepare(NodeLine line)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(line.Settings);
        builder.WebHost.UseUrls(NodeAddresses.UrlsOf(builder.Configuration));
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder, NodeOptions node)
    {
        if (node.Role == NodeRole.Gateway)
        {
            builder.AddSiloClient(node);
            builder.Services.AddServerBundles();
        }
        else
        {
            builder.AddSilo(node);
        }

        // After the engine, so that what these still send when they stop finds it running.
        if (node.Role == NodeRole.Silo)
        {
            builder.Services.AddHealth();
        }
        else
        {
            builder.Services.AddGateway(builder.Configuration);
            if (node.Dashboard)
            {
                builder.Services.AddDashboardPages();
            }
        }

        var app = builder.Build();
        if (node.Role == NodeRole.Silo)
        {
            app.MapHealth();
        }
        else
        {
            app.MapGateway();
            if (node.Dashboard)
            {
                app.MapClusterDashboard();
            }
        }

        return app;
    }
}
