using System.Collections.Frozen;

namespace Smcp.Identity.Users;

/// <summary>
/// Which passwords may be set: long ones that are not on the list of those tried first (NIST SP 800-63B section
/// 5.1.1.2). No rules of composition.
/// </summary>
internal static class PasswordRules
{
    private const string ListResource = "Smcp.Identity.Users.denied-passwords.txt";

    private static readonly FrozenSet<string> Denied = ReadList();

    /// <summary>Why this may not be the password of this user; null when it may.</summary>
    public static string? Problem(string password, LoginName loginName, PasswordOptions options)
    {
        var text = Normalize(password);
        var length = text.EnumerateRunes().Count();
        if (length < options.LengthMin)
        {
            return $"The password needs at least {options.LengthMin} characters.";
        }

        if (length > options.LengthMax)
        {
            return $"The password may have at most {options.LengthMax} characters.";
        }

        if (text.Any(char.IsControl))
        {
            return "The password may not have control characters.";
        }

        return IsGuessable(text, loginName)
            ? "This password is among those that are guessed first. Choose another, such as four unrelated words."
            : null;
    }

    /// <summary>
    /// The form that is hashed, so that a password is the same from every keyboard (RFC 8265 section 4.2.2).
    /// </summary>
    public static string Normalize(string password) => CompatibilityForm.Of(password);

    private static bool IsGuessable(string password, LoginName loginName)
    {
        var lower = password.ToLowerInvariant();
        var letters = lower.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '!', '.', '?', '*', '#', '$');
        return Denied.Contains(lower)
            || Denied.Contains(letters)
            || lower.Distinct().Count() < 5
            || IsRepetition(lower)
            || lower.Contains(loginName.ToString().Split('@')[0], StringComparison.Ordinal)
                && lower.Length < loginName.ToString().Length + 8;
    }

    /// <summary>One short piece, again and again.</summary>
    private static bool IsRepetition(string text)
    {
        for (var piece = 1; piece <= Math.Min(6, text.Length / 2); piece++)
        {
            var repeats = true;
            for (var i = piece; i < text.Length && repeats; i++)
            {
                repeats = text[i] == text[i - piece];
            }

            if (repeats)
            {
                return true;
            }
        }

        return false;
    }

    private static FrozenSet<string> ReadList()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream(ListResource)
            ?? throw new InvalidOperationException($"{ListResource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
