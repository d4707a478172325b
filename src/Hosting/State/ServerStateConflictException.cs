namespace Smcp.Hosting.State;

/// <summary>Another instance wrote the state: this one is stale.</summary>
public sealed class ServerStateConflictException(string message, Exception? innerException = null)
    : Exception(message, innerException);
