using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smcp.Engine.Faults;
using Smcp.Reminders;
using Smcp.Storage;
using Smcp.TestSupport;
using Smcp.Wire;

namespace Smcp.Engine;

/// <summary>The embedded engine under a clock that the tests advance.</summary>
internal sealed class EmbeddedFixture : EngineFixture, IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public EmbeddedFixture(Action<EmbeddedOptions>? configure = null, Action<EngineFaultOptions>? faults = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IGrainStorage>(States);
        services.AddSingleton<ILogStorage>(new InMemoryLogStorage());
        services.AddSingleton<IReminderStore>(Reminders);
        services.AddSingleton(Witness);
        services.AddGrain<IContractGrain, ContractGrain>();
        services.AddGrain<IRelayGrain, RelayGrain>();
        services.AddEmbeddedEngine(configure);
        if (faults is not null)
        {
            services.Configure(faults);
        }

        _services = services.BuildServiceProvider();
        Engine = _services.GetRequiredService<EmbeddedEngine>();
        Grains = _services.GetRequiredService<IGrainLocator>();
        Failures = _services.GetRequiredService<IEngineFailures>();
        Streams = _services.GetRequiredService<IStreamHub>();
    }

    public ManualTimeProvider Clock { get; } = new();

    public InMemoryGrainStorage States { get; } = new();

    public InMemoryReminderStore Reminders { get; } = new();

    public EmbeddedEngine Engine { get; }

    public override IGrainLocator Grains { get; }

    public override IEngineFailures Failures { get; }

    public override IStreamHub Streams { get; }

    public int Activations => Engine.DirectoryOf(typeof(IContractGrain)).Activations.Count();

    /// <summary>Sends every message through its wire form.</summary>
    public static EmbeddedFixture OverTheWire() => new(faults: faults => faults.WireForm = true);

    public IHostedService Hosted() => _services.GetServices<IHostedService>().OfType<EmbeddedEngine>().Single();

    public override async Task OverwriteAsync(string key, ContractState state)
    {
        var address = new StateAddress("contract", key, "contract");
        var held = await States.ReadAsync(address, default);
        var payload = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(state, WireJson.Options);
        await States.WriteAsync(address, payload, held?.Version ?? 0, default);
    }

    /// <summary>A second of the clock at a time, with a moment for what it set off.</summary>
    public override async Task UntilAsync(Task task, string awaited)
    {
        for (var seconds = 0; seconds < 7200; seconds++)
        {
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System));
            if (task.IsCompleted)
            {
                return;
            }

            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        throw new TimeoutException($"Waited two hours of the clock in vain for {awaited}.");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
