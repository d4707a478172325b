using System.Text;
using Smcp.Security.Secrets;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// Where a client's settings leave something to be filled in: <c>${NAME}</c>, <c>${env:NAME}</c>,
/// <c>${input:name}</c>. To us that is the tenant's secret of this name.
/// </summary>
internal static class Placeholders
{
    private const string Begin = "${";

    public static bool AreIn(string text) => text.Contains(Begin, StringComparison.Ordinal);

    /// <summary>The secret that a text is as a whole; null where it is another text.</summary>
    public static string? SecretOf(string text) =>
        text.StartsWith(Begin, StringComparison.Ordinal)
        && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1
            ? NameOf(text[Begin.Length..^1])
            : null;

    /// <summary>The text with our own names of secrets in it, and those; null where one is no name.</summary>
    public static (string Text, IReadOnlyList<string> Secrets)? Translate(string text)
    {
        var output = new StringBuilder();
        var secrets = new List<string>();
        var at = 0;
        while (text.IndexOf(Begin, at, StringComparison.Ordinal) is >= 0 and var begin)
        {
            var end = text.IndexOf('}', begin);
            if (end < 0 || NameOf(text[(begin + Begin.Length)..end]) is not { } secret)
            {
                return null;
            }

            secrets.Add(secret);
            output.Append(text, at, begin - at).Append(Begin).Append(secret).Append('}');
            at = end + 1;
        }

        return (output.Append(text, at, text.Length - at).ToString(), secrets);
    }

    /// <summary>A name as secrets have them; null where it cannot be one.</summary>
    public static string? NameOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon >= 0 && (text[..colon] is "env" or "input") ? text[(colon + 1)..] : text;
        var secret = new string([.. name.Select(c => c is '-' or '.' or ' ' ? '_' : char.ToUpperInvariant(c))]);
        return SecretName.IsValid(secret) ? secret : null;
    }
}
