namespace Smcp.Hosting;

/// <summary>Which part of an object to read, and when.</summary>
public sealed record ServerObjectRead
{
    /// <summary>Where to begin; negative: so many bytes before the end.</summary>
    public long Offset { get; init; }

    /// <summary>Bytes at most; null: to the end.</summary>
    public long? Length { get; init; }

    public ServerObjectConditions? Conditions { get; init; }
}
