using System.Text.Json;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Usage;

/// <summary>
/// The names that an instance counts by. Clients choose them, so only so many are taken, of a length, and the rest are
/// one.
/// </summary>
internal sealed class UsageNames(int namesMax)
{
    private const int LengthMax = 128;

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    public string MethodOf(McpCall call) => Known(call.Method);

    /// <summary>The tool of a tools/call, found without making a text of a name that is known.</summary>
    public string ToolOf(McpCall call)
    {
        if (call.Method != McpMethods.ToolsCall)
        {
            return string.Empty;
        }

        var reader = new Utf8JsonReader(call.Params.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return UsageLedger.Others;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueTextEquals("name"u8);
            reader.Read();
            if (isName)
            {
                return reader.TokenType == JsonTokenType.String ? NameIn(ref reader) : UsageLedger.Others;
            }

            reader.Skip();
        }

        return UsageLedger.Others;
    }

    private string NameIn(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LengthMax)
        {
            return UsageLedger.Others;
        }

        Span<char> text = stackalloc char[LengthMax];
        return Known(text[..reader.CopyString(text)]);
    }

    private string Known(ReadOnlySpan<char> name)
    {
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(name, out var known))
        {
            return known;
        }

        // A control character would part a row's key, and no tool of 2025-11-25 and later has one.
        if (_known.Count >= namesMax || name.Length > LengthMax || name.ContainsAnyInRange('\0', '\u001f'))
        {
            return UsageLedger.Others;
        }

        known = name.ToString();
        _known.Add(known, known);
        return known;
    }
}
