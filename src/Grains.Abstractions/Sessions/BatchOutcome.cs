using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>
/// What becomes of a batch (2025-03-26): all answers, in the order of the calls, or one stream for all, or a fault for
/// the whole.
/// </summary>
[Wire("batch-outcome", 1)]
public sealed record BatchOutcome
{
    public IReadOnlyList<McpReply>? Answers { get; init; }

    public StreamTicket? Stream { get; init; }

    public McpFault? Fault { get; init; }
}
