namespace Smcp.Storage;

/// <summary>One record of a <see cref="LogMap{TEntry}"/>: what a key has from now on, or that it is gone.</summary>
internal interface ILogMapEntry
{
    /// <summary>What it is about.</summary>
    string MapKey { get; }

    /// <summary>Whether the key is gone.</summary>
    bool IsRemoval { get; }
}
