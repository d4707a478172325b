namespace Smcp.Engine;

/// <summary>The contract on two silos, seen from a client of them.</summary>
public sealed class ClientResponseTests(ContractSilos silos)
    : ResponseContract(silos.Engine), IClassFixture<ContractSilos>;
