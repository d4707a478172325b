namespace Smcp.Engine;

/// <summary>
/// References to grains: for those outside the engine, or, inner, for grains. A stop refuses the outer ones first.
/// </summary>
internal sealed class EmbeddedLocator(EmbeddedEngine engine, bool isInner) : IGrainLocator
{
    public TGrain Locate<TGrain>(string key)
        where TGrain : class =>
        (TGrain)engine.DirectoryOf(typeof(TGrain)).Reference(key, isInner);
}
