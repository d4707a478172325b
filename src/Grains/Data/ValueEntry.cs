using System.Text;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Data;

/// <summary>One record of a part of a key-value store: what a key has from now on, or that it is gone.</summary>
[Wire("value-entry", 1)]
internal sealed record ValueEntry : ILogMapEntry
{
    public required string Key { get; init; }

    public ReadOnlyMemory<byte> Value { get; init; }

    public long Version { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? Metadata { get; init; }

    public bool IsRemoved { get; init; }

    string ILogMapEntry.MapKey => Key;

    bool ILogMapEntry.IsRemoval => IsRemoved;

    /// <summary>What it counts for.</summary>
    public long CountBytes() =>
        Encoding.UTF8.GetByteCount(Key) + Value.Length + Encoding.UTF8.GetByteCount(Metadata ?? string.Empty);

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;
}
