namespace Smcp.Security.Encryption.Masters;

/// <summary>Where master keys come from that this process may hold.</summary>
internal interface IMasterKeys
{
    /// <summary>The versions there are, newest first; none where there is no key yet.</summary>
    /// <exception cref="EncryptionStartException">What is there is no list of keys.</exception>
    IReadOnlyList<MasterKey> Load();

    /// <summary>Adds a version, durably.</summary>
    /// <exception cref="EncryptionStartException">This source is not ours to write.</exception>
    void Add(MasterKey key);

    /// <summary>What to tell an operator of a key that is missing: where it was looked for.</summary>
    string Place { get; }
}
