namespace Smcp.Storage;

/// <summary>A store does not open. The message is a sentence for the operator: what is wrong and what to do.</summary>
public sealed class StorageStartException(
    StorageStartFailure reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public StorageStartFailure Reason { get; } = reason;
}
