namespace Smcp.Storage;

/// <summary>Where a piece of state stands: the grain's type and key, and the state's name. None is empty.</summary>
public readonly record struct StateAddress(string GrainType, string GrainKey, string Name);
