namespace Smcp.Engine;

/// <summary>The contract on two silos, seen from a client of them.</summary>
public sealed class ClientLifeTests(ContractSilos silos)
    : LifeContract(silos.Engine), IClassFixture<ContractSilos>;
