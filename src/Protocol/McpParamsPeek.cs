using System.Text.Json;

namespace Smcp.Protocol;

/// <summary>The few fields of <c>params</c> that the gateway checks; all else stays raw.</summary>
public readonly record struct McpParamsPeek
{
    /// <summary>Whether <c>_meta</c> is an object.</summary>
    public bool HasMeta { get; init; }

    /// <summary>The kind of <c>_meta</c>'s protocol version; Undefined where there is none.</summary>
    public JsonValueKind MetaVersionKind { get; init; }

    /// <summary><c>_meta</c>'s protocol version, if it is a string.</summary>
    public string? MetaVersion { get; init; }

    /// <summary>The kind of <c>_meta</c>'s client capabilities; Undefined where there are none.</summary>
    public JsonValueKind ClientCapabilitiesKind { get; init; }

    /// <summary><c>_meta</c>'s W3C trace parent, if it is a string.</summary>
    public string? TraceParent { get; init; }

    /// <summary><c>_meta</c>'s W3C trace state, if it is a string.</summary>
    public string? TraceState { get; init; }

    /// <summary><c>protocolVersion</c>, as <c>initialize</c> asks for it.</summary>
    public JsonSlice ProtocolVersion { get; init; }

    /// <summary><c>name</c>, raw.</summary>
    public JsonSlice Name { get; init; }

    /// <summary><c>uri</c>, raw.</summary>
    public JsonSlice Uri { get; init; }

    /// <summary><c>taskId</c>, raw.</summary>
    public JsonSlice TaskId { get; init; }

    /// <summary><c>arguments</c>, raw.</summary>
    public JsonSlice Arguments { get; init; }

    /// <summary>The same fields, with slices of the bytes from <paramref name="start"/> on.</summary>
    public McpParamsPeek RelativeTo(int start) => this with
    {
        ProtocolVersion = ProtocolVersion.RelativeTo(start),
        Name = Name.RelativeTo(start),
        Uri = Uri.RelativeTo(start),
        TaskId = TaskId.RelativeTo(start),
        Arguments = Arguments.RelativeTo(start),
    };
}
