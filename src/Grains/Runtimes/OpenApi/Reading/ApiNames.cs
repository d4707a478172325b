using System.Globalization;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>Names that every client takes, made of any text.</summary>
internal static class ApiNames
{
    /// <summary>What models' interfaces take for a tool or an argument; MCP itself takes twice as much.</summary>
    private const int LengthMax = 64;

    /// <summary>Letters, digits, and the few signs that MCP allows in a tool's name (2025-11-25 tools).</summary>
    public static string Plain(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        var plain = new string([.. text.Select(c => IsPlain(c) ? c : '_')]);
        while (plain.Contains("__", StringComparison.Ordinal))
        {
            plain = plain.Replace("__", "_", StringComparison.Ordinal);
        }

        plain = plain.Trim('_');
        return plain.Length == 0 ? "_" : plain[..Math.Min(plain.Length, LengthMax)];
    }

    public static bool IsPlain(string text) => text.Length is > 0 and <= LengthMax && text.All(IsPlain);

    /// <summary>The name, with a number where it is another's already.</summary>
    public static string Unique(string name, Func<string, bool> isTaken)
    {
        var unique = name;
        for (var number = 2; isTaken(unique); number++)
        {
            var end = "_" + number.ToString(CultureInfo.InvariantCulture);
            unique = name[..Math.Min(name.Length, LengthMax - end.Length)] + end;
        }

        return unique;
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.';
}
