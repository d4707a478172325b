namespace Smcp.Engine;

/// <summary>The same, called from within one of the silos.</summary>
public sealed class InnerContractSilos : ContractSilos
{
    internal override IServiceProvider Node => Silo(0);
}
