namespace Smcp.Engine;

/// <summary>The contract on two silos, seen from a client of them.</summary>
public sealed class ClientCallTests(ContractSilos silos)
    : CallContract(silos.Engine), IClassFixture<ContractSilos>;
