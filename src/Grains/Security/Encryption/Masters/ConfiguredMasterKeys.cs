namespace Smcp.Security.Encryption.Masters;

/// <summary>Master keys from the configuration, which means the environment: whoever sets it keeps them.</summary>
internal sealed class ConfiguredMasterKeys(string text) : IMasterKeys
{
    public string Place => "the setting Smcp:Encryption:MasterKeys";

    public IReadOnlyList<MasterKey> Load() => MasterKeyText.Parse(text) is { Count: > 0 } keys
        ? keys
        : throw new EncryptionStartException(
            $"{Place} is no list of master keys. Give it as VERSION:BASE64 of 32 bytes, several with commas between.");

    public void Add(MasterKey key) => throw new EncryptionStartException(
        $"{Place} cannot be written from here. Put a new version before the others, start again, and rotate then.");
}
