using Smcp.Backup;
using Smcp.Engine;
using Smcp.Security.Encryption;
using Smcp.Storage;

namespace Smcp;

/// <summary>The gateway, the grains, the embedded engine and its store, put together to run in one process.</summary>
internal static class Product
{
    /// <summary>Everything but what serves: <see cref="Build"/> adds that.</summary>
    public static WebApplicationBuilder Prepare(CommandLine line)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddStandaloneConfiguration(line);
        builder.Services
            .AddGateway(builder.Configuration)
            .AddGrains()
            .AddEmbeddedEngine()
            .AddSqliteStorage()
            .AddStorageEncryption()
            .AddHostedService<MaintenanceRecorder>();
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.MapGateway();
        return app;
    }
}
