using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Connections;

/// <summary>Lists of texts in what others wrote.</summary>
internal static class JsonTexts
{
    private const int ItemsMax = 100;
    private const int LengthMax = 2_048;

    /// <summary>The texts of a member, at most so many; none where it is no list.</summary>
    public static IReadOnlyList<string> Of(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => item.Text()).OfType<string>()
                .Where(text => text.Length is > 0 and <= LengthMax).Take(ItemsMax)]
            : [];

    /// <summary>Scopes as they stand in a parameter (RFC 6749 section 3.3); what can be none is left out.</summary>
    public static IReadOnlyList<string> Scopes(string? text) =>
    [
        .. (text ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(IsScope).Distinct(StringComparer.Ordinal).Take(ItemsMax),
    ];

    public static bool IsScope(string text) =>
        text.Length is > 0 and <= 256 && text.All(c => c is >= '!' and <= '~' and not ('"' or '\\'));
}
