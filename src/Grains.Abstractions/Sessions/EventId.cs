using System.Globalization;

namespace Smcp.Sessions;

/// <summary>
/// An SSE event id, <c>{stream}-{sequence}</c>: the stream it belongs to and its number in the session's log. Unique
/// in the session and never reused; sequence 0 is the priming event of a stream.
/// </summary>
public readonly record struct EventId(long StreamId, long Sequence)
{
    /// <summary>
    /// Reads an id as this server writes it; false for anything else, spellings with signs or leading zeros included.
    /// </summary>
    public static bool TryParse(string? text, out EventId id)
    {
        id = default;
        var dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash <= 0
            || !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var stream)
            || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return false;
        }

        id = new EventId(stream, sequence);
        return string.Equals(id.ToString(), text, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{StreamId}-{Sequence}");
}
