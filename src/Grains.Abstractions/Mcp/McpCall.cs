using Smcp.Protocol;
using Smcp.Wire;

namespace Smcp.Mcp;

/// <summary>
/// A request or notification of a client as it crosses the grains: method, id and raw UTF-8 JSON. Only the station
/// that needs a field parses it. Immutable, and it owns its bytes.
/// </summary>
[Wire("mcp-call", 1)]
public sealed record McpCall
{
    public required string Method { get; init; }

    /// <summary>The client's id; none for a notification.</summary>
    public JsonRpcId Id { get; init; }

    /// <summary>The <c>params</c> object as it stood on the wire; empty where there was none.</summary>
    public ReadOnlyMemory<byte> Params { get; init; }
}
