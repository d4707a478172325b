using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;
using Smcp.Engine;
using Smcp.Nodes;
using Smcp.Providers;
using Smcp.Security.Encryption;
using Smcp.Sessions;

namespace Smcp.Bench;

/// <summary>Two silos and a gateway's client over real sockets, with everything in PostgreSQL.</summary>
internal static class BellLatency
{
    private const int WarmUp = 100;
    private const int Bells = 500;
    private const string Stream = "bell/bench";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<Lateness> MeasureAsync(BellKind kind, string database)
    {
        var settings = new Dictionary<string, string?>
        {
            [$"{ProviderOptions.Section}:Store"] = nameof(StoreKind.Postgres),
            [$"{ProviderOptions.Section}:Bells"] = kind.ToString(),
            ["Smcp:Postgres:ConnectionString"] = database,
        };
        using var ports = new TestClusterPortAllocator();
        var (silo, gateway) = ports.AllocateConsecutivePortPairs(2);
        using var first = NewSilo(settings, silo, gateway);
        using var second = NewSilo(settings, silo + 1, gateway + 1);
        using var client = NewClient(settings);
        IHost[] hosts = [first, second, client];
        foreach (var host in hosts)
        {
            await host.StartAsync();
        }

        var late = await RingAsync(first.Services, second.Services, client.Services);
        foreach (var host in hosts.Reverse())
        {
            await host.StopAsync();
        }

        return Lateness.Of(late);
    }

    /// <summary>One bell at a time, from either silo in turn, at moments that no clock of the carrier knows.</summary>
    private static async Task<List<TimeSpan>> RingAsync(
        IServiceProvider first, IServiceProvider second, IServiceProvider client)
    {
        TaskCompletionSource<long>? heard = null;
        await using var subscription = await client.GetRequiredService<IStreamHub>()
            .SubscribeAsync<Bell>(Stream, bell =>
            {
                heard?.TrySetResult(Stopwatch.GetTimestamp());
                return ValueTask.CompletedTask;
            });
        var late = new List<TimeSpan>();
        for (var number = 0; number < WarmUp + Bells; number++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 30)), TimeProvider.System);
            var hub = (number % 2 == 0 ? first : second).GetRequiredService<IStreamHub>();
            heard = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            var rung = Stopwatch.GetTimestamp();
            await hub.PublishAsync(Stream, new Bell("connection", 1, number));
            var at = await heard.Task.WaitAsync(Patience, TimeProvider.System);
            if (number >= WarmUp)
            {
                late.Add(Stopwatch.GetElapsedTime(rung, at));
            }
        }

        return late;
    }

    private static IHost NewSilo(Dictionary<string, string?> settings, int siloPort, int gatewayPort)
    {
        var builder = NewBuilder(settings);
        builder.Services
            .AddGrains()
            .Configure<EncryptionOptions>(options =>
                options.MasterKeys = $"1:{Convert.ToBase64String(new byte[32])}");
        builder.UseOrleans(silo => silo
            .UseProviders(builder.Configuration, new NodeOptions())
            .ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort)
            .AddSmcpEngine());
        return builder.Build();
    }

    private static IHost NewClient(Dictionary<string, string?> settings)
    {
        var builder = NewBuilder(settings);
        builder.UseOrleansClient(client => client
            .UseProviders(builder.Configuration, new NodeOptions())
            .AddSmcpEngine());
        return builder.Build();
    }

    private static HostApplicationBuilder NewBuilder(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        return builder;
    }
}
