using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Smcp.Mcp.Answers;
using Smcp.Mcp.Revisions;
using Smcp.Protocol;

namespace Smcp.Mcp.Headers;

/// <summary>Compares <c>Mcp-Param-*</c> with the arguments that they mirror.</summary>
internal static class ToolHeaderRule
{
    /// <summary>The integers that a header may carry: those that every JSON reader holds exactly.</summary>
    private const decimal SafeIntegerMax = 9_007_199_254_740_991;

    /// <summary>The first header that does not mirror its argument.</summary>
    public static McpRefusal? Check(
        IReadOnlyList<ToolHeader> expected, ReadOnlyMemory<byte> arguments, IHeaderDictionary headers)
    {
        using var document = JsonDocument.Parse(arguments.IsEmpty ? "{}"u8.ToArray() : arguments);
        foreach (var rule in expected)
        {
            var header = headers[rule.Header];
            var matches = TryFind(document.RootElement, rule.Path, out var value)
                ? header.Count == 1 && McpHeaderValue.TryDecode(header[0], out var text) && Matches(value, text)
                : header.Count == 0;
            if (!matches)
            {
                return StatelessRules.Mismatch(rule.Header, header);
            }
        }

        return null;
    }

    /// <summary>The value at the exact path; none where a step is missing or null.</summary>
    private static bool TryFind(JsonElement from, IReadOnlyList<string> path, out JsonElement value)
    {
        value = from;
        foreach (var step in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
            {
                return false;
            }
        }

        return value.ValueKind != JsonValueKind.Null;
    }

    private static bool Matches(JsonElement value, string header) => value.ValueKind switch
    {
        JsonValueKind.String => string.Equals(value.Text(), header, StringComparison.Ordinal),
        JsonValueKind.True => header is "true",
        JsonValueKind.False => header is "false",
        JsonValueKind.Number => TryInteger(value.GetRawText(), out var body)
            && TryInteger(header, out var stated) && body == stated,
        _ => false,
    };

    private static bool TryInteger(string text, out decimal value) =>
        decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out value)
        && decimal.IsInteger(value) && Math.Abs(value) <= SafeIntegerMax;
}
