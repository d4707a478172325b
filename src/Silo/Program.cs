using Smcp.Nodes;

namespace Smcp;

/// <summary>A node of the cluster: a silo, a gateway, or both.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var node = builder.AddNode();
        if (node.Role == NodeRole.Silo)
        {
            return await RunSiloAsync(args, node);
        }

        if (OpenAddress.Problem(builder.Configuration) is { } problem)
        {
            await Console.Error.WriteLineAsync($"smcp: {problem}");
            return 1;
        }

        builder.WebHost.UseUrls([.. OpenAddress.UrlsOf(builder.Configuration)]);
        builder.Services.AddGateway(builder.Configuration);
        if (node.Role == NodeRole.All)
        {
            builder.AddSilo(node);
        }
        else
        {
            builder.AddSiloClient(node);
        }

        await using var app = builder.Build();
        app.MapGateway();
        await app.RunAsync();
        return 0;
    }

    /// <summary>A silo alone needs no web server.</summary>
    private static async Task<int> RunSiloAsync(string[] args, NodeOptions node)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddNode();
        builder.AddSilo(node);
        using var host = builder.Build();
        await host.RunAsync();
        return 0;
    }
}
