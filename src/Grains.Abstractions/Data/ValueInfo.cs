using Smcp.Wire;

namespace Smcp.Data;

/// <summary>What a list says of a value.</summary>
[Wire("value-info", 1)]
public sealed record ValueInfo
{
    public required string Key { get; init; }

    /// <summary>Bytes of the value.</summary>
    public int Bytes { get; init; }

    public long Version { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the writer said of it.</summary>
    public string? Metadata { get; init; }
}
