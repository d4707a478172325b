using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Engine;

/// <summary>The cluster as the engine contract sees it, from one of its nodes and by the real clock.</summary>
internal sealed class OrleansEngine(ContractSilos silos) : EngineFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public override IGrainLocator Grains => silos.Node.GetRequiredService<IGrainLocator>();

    public override IEngineFailures Failures => silos.Node.GetRequiredService<IEngineFailures>();

    public override IStreamHub Streams => silos.Node.GetRequiredService<IStreamHub>();

    public override async Task OverwriteAsync(string key, ContractState state)
    {
        var address = new StateAddress("contract", key, "contract");
        var storage = silos.NewStorage();
        var held = await storage.ReadAsync(address, default);
        var payload = JsonSerializer.SerializeToUtf8Bytes(state, WireJson.Options);
        await storage.WriteAsync(address, payload, held?.Version ?? 0, default);
    }

    public override async Task UntilAsync(Task task, string awaited)
    {
        try
        {
            await Task.WhenAny(task).WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {Patience} in vain for {awaited}.");
        }
    }
}
