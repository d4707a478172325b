using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Smcp.Engine;

/// <summary>
/// Two silos under the engine contract; they time calls out, and collect idle activations, within seconds.
/// </summary>
public class ContractSilos : TwoSilos
{
    public ContractSilos() => Engine = new OrleansEngine(this);

    internal EngineFixture Engine { get; }

    /// <summary>Whom the tests call from.</summary>
    internal virtual IServiceProvider Node => Client;

    protected override TimeSpan ResponseTimeout => TimeSpan.FromSeconds(5);

    protected override void Configure(ISiloBuilder silo)
    {
        silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromSeconds(1);
            options.CollectionAge = TimeSpan.FromSeconds(5);
        });
        silo.Services.AddSingleton(Engine.Witness);
        AddContract(silo.Services);
    }

    protected override void Configure(IClientBuilder client) => AddContract(client.Services);

    private static void AddContract(IServiceCollection services) => services
        .AddShell<IContractGrain, IContractShell>()
        .AddJsonMessages([typeof(ContractMessage)]);
}
