using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>The answer to a GET: the stream to read and the position to read after, or why not.</summary>
[Wire("stream-opening", 1)]
public sealed record StreamOpening
{
    public long StreamId { get; init; }

    public long AfterSequence { get; init; }

    public McpFault? Fault { get; init; }
}
