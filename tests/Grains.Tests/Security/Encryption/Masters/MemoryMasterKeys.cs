namespace Smcp.Security.Encryption.Masters;

/// <summary>Master keys that outlive the nodes of a test.</summary>
internal sealed class MemoryMasterKeys : IMasterKeys
{
    private readonly List<MasterKey> _keys = [];

    public string Place => "memory";

    public IReadOnlyList<MasterKey> Load() => [.. _keys.OrderByDescending(key => key.Version)];

    public void Add(MasterKey key) => _keys.Add(key);

    /// <summary>As who takes an older version out of the source.</summary>
    public void Forget(int version) => _keys.RemoveAll(key => key.Version == version);
}
