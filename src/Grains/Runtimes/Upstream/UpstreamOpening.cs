using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream;

/// <summary>A link that was opened, or why it was not; the fault's message may reach the client.</summary>
internal readonly record struct UpstreamOpening(IUpstreamLink? Link, McpFault? Fault)
{
    public static UpstreamOpening Opened(IUpstreamLink link) => new(link, null);

    public static UpstreamOpening Refused(McpFault fault) => new(null, fault);
}
