using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream;

/// <summary>Takes what a server sends beside its answers. Thread-safe; throws nothing.</summary>
internal interface IUpstreamExchange
{
    /// <summary>
    /// A notification. The link reads no further in the stream that brought it until this completes.
    /// </summary>
    ValueTask NotifiedAsync(McpFrame notification);

    /// <summary>
    /// A request of the server (sampling, elicitation, roots), and the answer that it gets. The link goes on reading
    /// meanwhile. The token says that the server wants no answer any more, or that the conversation is over.
    /// </summary>
    ValueTask<McpReply> AskedAsync(InputRequest question, CancellationToken cancellationToken);
}
