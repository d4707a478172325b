using Smcp.Wire;

namespace Smcp.Mcp;

/// <summary>What a server sends while it works on a call, or between calls.</summary>
[Wire("mcp-frame", 3)]
public sealed record McpFrame
{
    public required McpFrameKind Kind { get; init; }

    /// <summary>The method, of a notification or a question.</summary>
    public string? Method { get; init; }

    /// <summary>Names a question within its call.</summary>
    public string? QuestionId { get; init; }

    /// <summary>The raw <c>params</c> of a notification or question; the raw result or error of an answer.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Why the request was refused, where its error says that; nothing was run then.</summary>
    public McpFault? Fault { get; init; }

    /// <summary>
    /// Its place among the frames of its call, from 1: a session takes each once, however often it is delivered. 0 for
    /// none.
    /// </summary>
    public long Number { get; init; }

    /// <summary>The error that refuses a request.</summary>
    public static McpFrame Refusal(McpFault fault) =>
        new() { Kind = McpFrameKind.Error, Body = fault.ErrorBody(), Fault = fault };
}
