namespace Smcp.Engine;

/// <summary>The contract on two silos, seen from one of them.</summary>
public sealed class SiloCallTests(InnerContractSilos silos)
    : CallContract(silos.Engine), IClassFixture<InnerContractSilos>;
