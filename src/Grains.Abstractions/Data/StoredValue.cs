using Smcp.Wire;

namespace Smcp.Data;

/// <summary>A value as it is stored.</summary>
[Wire("value", 1)]
public sealed record StoredValue
{
    public ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>Another with each write of the key; never used twice for a key.</summary>
    public long Version { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the writer said of it.</summary>
    public string? Metadata { get; init; }
}
