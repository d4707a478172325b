namespace Smcp.Engine;

/// <summary>Addresses grains. A grain always exists; the first call activates it.</summary>
public interface IGrainLocator
{
    /// <summary>A reference to the grain of this type and key. Cheap, and never fails for a valid key.</summary>
    TGrain Locate<TGrain>(string key)
        where TGrain : class;
}
