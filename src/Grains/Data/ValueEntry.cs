using Smcp.Wire;

namespace Smcp.Data;

/// <summary>One record of a part of a key-value store: what a key has from now on, or that it is gone.</summary>
[Wire("value-entry", 1)]
internal sealed record ValueEntry
{
    public required string Key { get; init; }

    public ReadOnlyMemory<byte> Value { get; init; }

    public long Version { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? Metadata { get; init; }

    public bool IsRemoved { get; init; }
}
