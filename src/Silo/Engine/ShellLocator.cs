namespace Smcp.Engine;

internal sealed class ShellLocator(IGrainFactory grains, ShellCatalog catalog) : IGrainLocator
{
    public TGrain Locate<TGrain>(string key)
        where TGrain : class =>
        (TGrain)grains.GetGrain(catalog.ShellOf(typeof(TGrain)), key);
}
