namespace Smcp.Runtimes.Worker;

/// <summary>No worker can run here, or this one cannot; the message says why, and may be shown to a client.</summary>
internal sealed class WorkerUnavailableException(string message) : Exception(message);
