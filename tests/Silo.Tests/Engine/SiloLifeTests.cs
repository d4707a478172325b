namespace Smcp.Engine;

/// <summary>The contract on two silos, seen from one of them.</summary>
public sealed class SiloLifeTests(InnerContractSilos silos)
    : LifeContract(silos.Engine), IClassFixture<InnerContractSilos>;
