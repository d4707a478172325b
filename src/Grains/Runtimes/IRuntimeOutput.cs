using Smcp.Mcp;

namespace Smcp.Runtimes;

/// <summary>
/// Where a running call sends what belongs to it. Thread-safe; what is sent after the call's end is dropped.
/// </summary>
public interface IRuntimeOutput
{
    /// <summary>
    /// Sends a notification to the call's client. Completes when it was taken over; a slow client makes it wait.
    /// </summary>
    ValueTask EmitAsync(McpFrame frame, CancellationToken cancellationToken);

    /// <summary>
    /// Asks the call's client (sampling, elicitation, roots) and waits for its answer: a raw result or error. Fails
    /// with an error reply where the client cannot be asked.
    /// </summary>
    ValueTask<McpReply> AskAsync(InputRequest question, CancellationToken cancellationToken);
}
