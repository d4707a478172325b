using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.TestingHost;
using Smcp.Engine;
using Smcp.Nodes;
using Smcp.Runtimes.CSharp;
using Smcp.Security.Encryption;
using Smcp.Servers;
using Smcp.Sessions;

namespace Smcp.Providers;

/// <summary>
/// Two silos and a client over real sockets, on what the configuration says, as the product's nodes are.
/// </summary>
internal sealed class ProviderCluster : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];

    /// <summary>The master key of every test.</summary>
    public static string MasterKeys { get; } = $"1:{Convert.ToBase64String(new byte[32])}";

    public IServiceProvider Client => _hosts[^1].Services;

    public IServiceProvider Silo(int index) => _hosts[index].Services;

    public static async Task<ProviderCluster> StartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var cluster = new ProviderCluster();
        try
        {
            using var ports = new TestClusterPortAllocator();
            var (silo, gateway) = ports.AllocateConsecutivePortPairs(2);
            for (var at = 0; at < 2; at++)
            {
                await cluster.AddAsync(NewSilo(settings, silo + at, gateway + at));
            }

            await cluster.AddAsync(NewClient(settings));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync();
            host.Dispose();
        }
    }

    private async Task AddAsync(IHost host)
    {
        try
        {
            await host.StartAsync();
            _hosts.Add(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static IHost NewSilo(IReadOnlyDictionary<string, string?> settings, int siloPort, int gatewayPort)
    {
        var builder = NewBuilder(settings);
        builder.Services
            .Configure<SessionOptions>(options => options.HeartbeatPeriod = TimeSpan.FromSeconds(1))
            .Configure<CSharpRuntimeOptions>(options => options.Access = ServerAccessKind.Public)
            .Configure<EncryptionOptions>(options => options.MasterKeys = MasterKeys)
            .AddGrains(typeof(RelayServer).Assembly);
        builder.UseOrleans(silo => silo
            .UseProviders(builder.Configuration, new NodeOptions())
            .ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort)
            .Configure<ClusterMembershipOptions>(options =>
                (options.ProbeTimeout, options.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 2))
            .AddSmcpEngine());
        return builder.Build();
    }

    private static IHost NewClient(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = NewBuilder(settings);
        builder.UseOrleansClient(client => client
            .UseProviders(builder.Configuration, new NodeOptions())
            .AddSmcpEngine());
        return builder.Build();
    }

    private static HostApplicationBuilder NewBuilder(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        return builder;
    }
}
