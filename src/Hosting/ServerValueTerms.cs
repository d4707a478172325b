namespace Smcp.Hosting;

/// <summary>How a value is to be written.</summary>
public sealed record ServerValueTerms
{
    /// <summary>How long it lives from now on; null, and no <see cref="ExpiresAt"/>: for good.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>When it is gone; not together with <see cref="ExpiresIn"/>. One in the past is gone at once.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// What is said of it, which lists give too: at most 1 KiB of text, JSON for the most part, where the host does not
    /// say otherwise.
    /// </summary>
    public string? Metadata { get; init; }

    /// <summary>The version it replaces, 0 for none; null: whichever there is.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>When a value that is written now is gone.</summary>
    /// <exception cref="ArgumentException">The terms contradict each other.</exception>
    internal DateTimeOffset? ExpiryAt(DateTimeOffset now)
    {
        if (ExpiresIn is not { } life)
        {
            return ExpiresAt;
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(life, TimeSpan.Zero, nameof(ExpiresIn));
        return ExpiresAt is null
            ? now + life
            : throw new ArgumentException("A value expires in a time or at a time, not both.");
    }
}
