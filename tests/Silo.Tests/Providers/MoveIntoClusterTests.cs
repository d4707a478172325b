using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Runtimes.CSharp;
using Smcp.Security.Encryption;
using Smcp.Servers;
using Smcp.Sessions;
using Smcp.Storage;
using Smcp.Storage.Snapshots;
using Smcp.TestSupport;

namespace Smcp.Providers;

/// <summary>A single machine's data folder goes into a cluster, and its clients go on.</summary>
public sealed class MoveIntoClusterTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-move-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Session_GoesOnInTheCluster_WithEveryEventOnce()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var told = new List<string>();
        var client = await UseSingleMachineAsync(told, patience.Token);
        var settings = new Dictionary<string, string?>
        {
            [$"{ProviderOptions.Section}:Store"] = nameof(StoreKind.Postgres),
            ["Smcp:Postgres:ConnectionString"] = server.NewDatabase(),
        };
        await MoveAsync(settings);

        await using var cluster = await ProviderCluster.StartAsync(settings);
        await using var gateway = await ClusterGateway.StartAsync(cluster.Client);
        await foreach (var message in client.ResumeAsync(gateway.Http, patience.Token))
        {
            told.Add(SessionAcrossSilosTests.Told(message));
        }

        Assert.Equal([.. Enumerable.Range(1, 100).Select(number => $"{number}"), "counted"], told);
        var again = new List<string>();
        await foreach (var message in client.CallAsync(gateway.Http, "count", """{"count":60}""", patience.Token))
        {
            again.Add(SessionAcrossSilosTests.Told(message));
        }

        Assert.Equal("counted", again[^1]);
    }

    /// <summary>Opens a session, reads some of a call's events, and stops when the call is done.</summary>
    private async Task<RelayClient> UseSingleMachineAsync(List<string> told, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services
            .AddGateway(builder.Configuration)
            .AddGrains(typeof(RelayServer).Assembly)
            .AddEmbeddedEngine()
            .AddSqliteStorage(options => options.DataFolder = _folder)
            .AddStorageEncryption()
            .Configure<CSharpRuntimeOptions>(options => options.Access = ServerAccessKind.Public)
            .Configure<EncryptionOptions>(options => options.MasterKeys = ProviderCluster.MasterKeys);
        await using var app = builder.Build();
        app.MapGateway();
        await app.StartAsync(cancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var client = await RelayClient.OpenAsync(http);
        string? last = null;
        await foreach (var message in client.CallAsync(http, "count", """{"count":100}""", cancellationToken))
        {
            // The client reads all of it, and remembers only the first forty: it resumes from there.
            if (told.Count < 40)
            {
                told.Add(SessionAcrossSilosTests.Told(message));
                last = client.LastEventId;
            }
        }

        client.LastEventId = last;
        await app.StopAsync(cancellationToken);
        return client;
    }

    private async Task MoveAsync(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddPostgresStorage();
        await using var target = services.BuildServiceProvider();
        using var content = SqliteContent.Open(_folder);
        await target.GetRequiredService<IStorageImport>().ImportAsync(content, default);
    }
}
