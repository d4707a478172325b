namespace Smcp.Security.Encryption.Backup;

/// <summary>Decrypts everything that is stored, and holds it against the indexes.</summary>
public interface IStoreVerifier
{
    /// <summary>Walks a store that nobody writes to meanwhile.</summary>
    ValueTask<VerifiedStore> VerifyAsync(CancellationToken cancellationToken);
}
