using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Servers.Deploying;

namespace Smcp.Sessions;

/// <summary>A gateway on a free port of loopback, whose engine is that of one node of the cluster.</summary>
internal sealed class ClusterGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ClusterGateway(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Http { get; }

    public static async Task<ClusterGateway> StartAsync(IServiceProvider node)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(node.GetRequiredService<IGrainLocator>());
        builder.Services.AddSingleton(node.GetRequiredService<IStreamHub>());
        builder.Services.AddSingleton(node.GetRequiredService<IEngineFailures>());
        // A bell that is lost with a silo costs a heartbeat.
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create("Smcp:Gateway:Mcp:Heartbeat", (string?)"00:00:01")]);
        builder.Services.AddServerBundles();
        builder.Services.AddGateway(builder.Configuration);
        var app = builder.Build();
        app.MapGateway();
        await app.StartAsync();
        return new ClusterGateway(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
