namespace Smcp.Protocol;

/// <summary>
/// What a client sent, as it may stand in what is said of it: an error, a log line. A name is not repeated at any
/// length.
/// </summary>
public static class ClientText
{
    /// <summary>How many characters are repeated.</summary>
    public const int CharsMax = 128;

    /// <summary>The text, cut where it is longer, but not within a character.</summary>
    public static string Clip(string text) =>
        text.Length <= CharsMax
            ? text
            : string.Concat(text.AsSpan(0, CharsMax - (char.IsHighSurrogate(text[CharsMax - 1]) ? 1 : 0)), "…");
}
