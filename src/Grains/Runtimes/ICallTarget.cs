using Smcp.Mcp;

namespace Smcp.Runtimes;

/// <summary>What brings a request to its answer: a runtime, or what waits for a task.</summary>
public interface ICallTarget
{
    /// <summary>
    /// Runs one request to its end: the answer. What the server sends before it, and what it asks, goes through
    /// <see cref="RuntimeCall.Output"/>. Cancelling the token tells the server; the answer is then of no interest. A
    /// result of <c>input_required</c> comes back only where the server itself chose to return it with a state of its
    /// own; a server that waits for an answer asks through the output instead.
    /// </summary>
    ValueTask<McpReply> InvokeAsync(RuntimeCall call, CancellationToken cancellationToken);
}
