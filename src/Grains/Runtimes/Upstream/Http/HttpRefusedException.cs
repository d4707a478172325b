using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>A request that did not leave, and what its client is told of it.</summary>
internal sealed class HttpRefusedException(McpFault fault, Exception inner)
    : HttpRequestException(HttpRequestError.ConnectionError, inner.Message, inner)
{
    public McpFault Fault => fault;
}
