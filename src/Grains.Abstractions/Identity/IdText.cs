namespace Smcp.Identity;

/// <summary>The alphabets of ids. None has a slash, so no id can escape the key it is part of.</summary>
internal static class IdText
{
    /// <summary>
    /// 1 to 63 of a-z, 0-9 and hyphen, not at an end: a DNS label, so that a tenant may become a host.
    /// </summary>
    public static bool IsLabel(string? text) =>
        text is { Length: >= 1 and <= 63 }
        && text[0] != '-' && text[^1] != '-'
        && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    /// <summary>1 to <paramref name="lengthMax"/> of A-Z, a-z, 0-9, hyphen and underscore (base64url).</summary>
    public static bool IsToken(string? text, int lengthMax) =>
        text is { Length: >= 1 } && text.Length <= lengthMax
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>1 to <paramref name="lengthMax"/> visible ASCII characters without slash.</summary>
    public static bool IsVisible(string? text, int lengthMax) =>
        text is { Length: >= 1 } && text.Length <= lengthMax
        && text.All(c => c is >= '!' and <= '~' and not '/');
}
