using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Reminders;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Quotas;

/// <summary>Some gateways' parts of a quota, over one engine and one clock.</summary>
internal sealed class GatewayFleet : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private GatewayFleet(ServiceProvider services) => _services = services;

    public required ManualTimeProvider Clock { get; init; }

    public IReadOnlyList<QuotaSource> Sources { get; private set; } = [];

    public static async Task<GatewayFleet> StartAsync(int gateways, bool reachable = true)
    {
        var clock = new ManualTimeProvider();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddEmbeddedEngine();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IGrainStorage>(new InMemoryGrainStorage());
        services.AddSingleton<ILogStorage>(new InMemoryLogStorage());
        services.AddSingleton<IReminderStore>(new InMemoryReminderStore());
        services.AddQuotas();
        var provider = services.BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>())
        {
            await service.StartAsync(default);
        }

        var grains = reachable ? provider.GetRequiredService<IGrainLocator>() : new LostGrains();
        return new GatewayFleet(provider)
        {
            Clock = clock,
            Sources =
            [
                .. Enumerable.Range(0, gateways).Select(i => new QuotaSource(
                    grains,
                    reachable ? provider.GetRequiredService<IEngineFailures>() : new FakeGrains(),
                    clock,
                    Options.Create(new GatewayOptions { Id = $"gateway-{i}" }),
                    Options.Create(new LimitOptions()),
                    NullLogger<QuotaSource>.Instance)),
            ],
        };
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class LostGrains : IGrainLocator
    {
        public TGrain Locate<TGrain>(string key)
            where TGrain : class =>
            (TGrain)(object)new LostQuota();
    }

    private sealed class LostQuota : IQuotaGrain
    {
        public ValueTask<TokenLease> LeaseAsync(TokenRequest request, CancellationToken cancellationToken) =>
            throw new IOException("The silo is gone.");

        public ValueTask<SlotGrant> HoldAsync(SlotRequest request, CancellationToken cancellationToken) =>
            throw new IOException("The silo is gone.");
    }
}
