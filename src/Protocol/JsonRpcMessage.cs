namespace Smcp.Protocol;

/// <summary>
/// One message as the reader found it: slices of the bytes that were read, nothing copied but method and id.
/// </summary>
public readonly record struct JsonRpcMessage
{
    /// <summary>Request, notification or response.</summary>
    public JsonRpcKind Kind { get; init; }

    /// <summary>The method of a request or notification; empty for a response.</summary>
    public string Method { get; init; }

    /// <summary>The id of a request or response.</summary>
    public JsonRpcId Id { get; init; }

    /// <summary>The <c>params</c> object; empty where there was none.</summary>
    public JsonSlice Params { get; init; }

    /// <summary>The result of a response, or its error if <see cref="IsError"/>.</summary>
    public JsonSlice Outcome { get; init; }

    /// <summary>Whether a response is an error.</summary>
    public bool IsError { get; init; }

    /// <summary>What the gateway must know of <c>params</c>.</summary>
    public McpParamsPeek Peek { get; init; }
}
