using System.Text.Json.Nodes;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>What a tool's result says of its failure: a result of <c>tools/call</c> with <c>isError</c>.</summary>
internal static class ToolComplaint
{
    private const int LengthMax = 256;

    /// <summary>The failure in one text, cut short; null where the result is none.</summary>
    public static string? Of(ReadOnlyMemory<byte> result)
    {
        var json = RawJson.Parse(result);
        if (json?["isError"] is not JsonValue value || !value.TryGetValue(out bool isError) || !isError)
        {
            return null;
        }

        var first = (json["content"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault()?.Text("text");
        return first is null ? "The tool failed." : first.Length > LengthMax ? first[..LengthMax] : first;
    }
}
