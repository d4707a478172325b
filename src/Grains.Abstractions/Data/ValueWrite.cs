using Smcp.Wire;

namespace Smcp.Data;

/// <summary>A value that is to be stored.</summary>
[Wire("value-write", 1)]
public sealed record ValueWrite
{
    public required string Key { get; init; }

    public ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>When it is to be gone; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the writer says of it: text, JSON for the most part, that lists give too.</summary>
    public string? Metadata { get; init; }

    /// <summary>The version that it replaces, 0 for none; null: whichever there is.</summary>
    public long? ExpectedVersion { get; init; }
}
