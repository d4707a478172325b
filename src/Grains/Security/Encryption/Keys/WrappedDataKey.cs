using Smcp.Wire;

namespace Smcp.Security.Encryption.Keys;

/// <summary>A data key as it is stored: wrapped by a master key.</summary>
[Wire("wrapped-data-key", 1)]
internal sealed record WrappedDataKey
{
    /// <summary>Names it in rows; never used again for another key of its owner.</summary>
    public required int Id { get; init; }

    /// <summary>The version of the master key that wrapped it.</summary>
    public required int Master { get; init; }

    public ReadOnlyMemory<byte> Wrapped { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a newer key took its place in writing; none for the one that writes.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>Messages that nodes were allowed to encrypt with it: never fewer than they did.</summary>
    public long Messages { get; init; }
}
