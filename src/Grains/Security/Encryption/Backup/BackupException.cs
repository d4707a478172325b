namespace Smcp.Security.Encryption.Backup;

/// <summary>A backup cannot be made, opened or taken in. The message is a sentence for the operator.</summary>
public sealed class BackupException(string message, Exception? innerException = null)
    : Exception(message, innerException);
