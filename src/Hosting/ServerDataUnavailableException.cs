namespace Smcp.Hosting;

/// <summary>What is kept for the server cannot be reached now. Whether a write took effect is unknown.</summary>
public sealed class ServerDataUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
