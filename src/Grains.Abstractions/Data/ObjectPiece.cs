using Smcp.Wire;

namespace Smcp.Data;

/// <summary>A piece of an object that is written.</summary>
[Wire("object-piece", 1)]
public sealed record ObjectPiece
{
    public required string Key { get; init; }

    /// <summary>What the answer to the first piece named; null with the first.</summary>
    public string? Upload { get; init; }

    /// <summary>Where it belongs: where the one before ended.</summary>
    public long Offset { get; init; }

    /// <summary>All but the last piece are of the first one's length.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>With it the object is whole.</summary>
    public bool IsLast { get; init; }

    /// <summary>
    /// With the first: how many bytes there will be, where that is known, so that no room is lacking midway.
    /// </summary>
    public long? Bytes { get; init; }

    /// <summary>With the first.</summary>
    public string? ContentType { get; init; }

    /// <summary>With the first: what the writer says of it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>With the first: they are checked then, and again when the object is whole.</summary>
    public ObjectConditions Conditions { get; init; } = ObjectConditions.None;
}
