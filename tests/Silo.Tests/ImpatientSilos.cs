namespace Smcp;

/// <summary>Two silos whose calls time out soon, for tests of that.</summary>
public sealed class ImpatientSilos : TwoSilos
{
    protected override TimeSpan ResponseTimeout => TimeSpan.FromSeconds(5);
}
