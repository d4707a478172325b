using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Data;

/// <summary>A piece of an object's content, or why there is none.</summary>
[Wire("object-content", 1)]
public sealed record ObjectContent
{
    /// <summary>The object, when it is opened; null where there is none.</summary>
    public ObjectInfo? Info { get; init; }

    /// <summary>Whether the conditions did not hold: then there is no content.</summary>
    public bool IsUnmet { get; init; }

    /// <summary>Where <see cref="Data"/> begins.</summary>
    public long Offset { get; init; }

    /// <summary>From the offset to where the stored piece ends; empty at the object's end.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    public McpFault? Fault { get; init; }
}
