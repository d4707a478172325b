namespace Smcp.Engine;

/// <summary>The contract on two silos, seen from one of them.</summary>
public sealed class SiloResponseTests(InnerContractSilos silos)
    : ResponseContract(silos.Engine), IClassFixture<InnerContractSilos>;
