using Smcp.Protocol;

namespace Smcp.Mcp.Messages;

/// <summary>A message of a client that owns its bytes: the request's buffer is Kestrel's again.</summary>
internal sealed class McpInbound
{
    private McpInbound(in JsonRpcMessage message, byte[] owned)
    {
        Kind = message.Kind;
        Method = message.Method;
        Id = message.Id;
        IsError = message.IsError;
        Peek = message.Peek;
        Body = owned;
    }

    public JsonRpcKind Kind { get; }

    public string Method { get; }

    public JsonRpcId Id { get; }

    public bool IsError { get; }

    /// <summary>What was seen in params; its slices are of <see cref="Body"/>.</summary>
    public McpParamsPeek Peek { get; }

    /// <summary>The raw params; of a response, its result or error.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    public static McpInbound Own(in JsonRpcMessage message, ReadOnlySpan<byte> body)
    {
        var slice = message.Kind == JsonRpcKind.Response ? message.Outcome : message.Params;
        var rebased = message with { Peek = message.Peek.RelativeTo(slice.Start) };
        return new McpInbound(in rebased, slice.Of(body).ToArray());
    }

    public McpCall ToCall() => new() { Method = Method, Id = Id, Params = Body };

    public McpReply ToReply() => new() { Body = Body, IsError = IsError };
}
