namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>Texts of others, cut to a length.</summary>
internal static class ApiTexts
{
    /// <summary>The text, cut where it is longer, but not within a character.</summary>
    public static string Clip(string text, int charsMax) => text.Length <= charsMax
        ? text
        : string.Concat(text.AsSpan(0, charsMax - (char.IsHighSurrogate(text[charsMax - 1]) ? 1 : 0)), "…");
}
