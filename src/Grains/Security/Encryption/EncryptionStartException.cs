namespace Smcp.Security.Encryption;

/// <summary>
/// The store cannot be decrypted. The message is a sentence for the operator: what is wrong and what to do.
/// </summary>
public sealed class EncryptionStartException(string message, Exception? innerException = null)
    : Exception(message, innerException);
