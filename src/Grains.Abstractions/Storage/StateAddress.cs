namespace Smcp.Storage;

/// <summary>Where a piece of state stands: the grain's type and key, and the state's name.</summary>
public readonly record struct StateAddress(string GrainType, string GrainKey, string Name);
