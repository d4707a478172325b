using Smcp.Mcp;

namespace Smcp.Runtimes.Worker;

/// <summary>No worker can run here, or this one cannot; the message says why, and may be shown to a client.</summary>
internal sealed class WorkerUnavailableException(string message) : Exception(message)
{
    /// <summary>What a client is told, where it is more than the message.</summary>
    public McpFault? Fault { get; init; }

    /// <summary>Whether the process had ended without a word, as one that was there before it was needed may.</summary>
    public bool IsLost { get; init; }
}
