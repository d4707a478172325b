namespace Smcp.Engine;

/// <summary>The silos that left their cluster in good order.</summary>
internal interface IDepartedSilos
{
    /// <summary>Whether one left lately that was not taken before; then it is taken.</summary>
    ValueTask<bool> TakeOneAsync();
}
