using System.Text.Json.Serialization;
using Smcp.Wire;

namespace Smcp.Mcp;

/// <summary>
/// The answer to a request: a JSON-RPC <c>result</c> or <c>error</c>, raw. Immutable, and it owns its bytes.
/// </summary>
[Wire("mcp-reply", 1)]
public sealed record McpReply
{
    /// <summary>Whether <see cref="Body"/> is the <c>error</c> object, not the <c>result</c>.</summary>
    public bool IsError { get; init; }

    /// <summary>The raw JSON of the <c>result</c> or of the <c>error</c>.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>
    /// Why no server answered, where <see cref="Body"/> says that; nothing was run then. For whoever takes a reply from
    /// a runtime: it does not cross, and a client gets it as the refusal of a call.
    /// </summary>
    [JsonIgnore]
    public McpFault? Fault { get; private set; }

    public static McpReply Result(ReadOnlyMemory<byte> body) => new() { Body = body };

    public static McpReply Error(ReadOnlyMemory<byte> body) => new() { Body = body, IsError = true };

    /// <summary>A call that was refused: by a runtime, as if its server had answered so.</summary>
    public static McpReply Refused(McpFault fault) =>
        new() { Body = fault.ErrorBody(), IsError = true, Fault = fault };
}
