using Smcp.Wire;

namespace Smcp.Data;

/// <summary>Which object is opened, and where.</summary>
[Wire("object-read", 1)]
public sealed record ObjectRead
{
    public required string Key { get; init; }

    /// <summary>Where to begin; negative: so many bytes before the end.</summary>
    public long Offset { get; init; }

    /// <summary>Where they do not hold, nothing is read.</summary>
    public ObjectConditions Conditions { get; init; } = ObjectConditions.None;
}
