using System.Text.Json;

namespace Smcp.Usage;

/// <summary>Whether a result says that its tool failed (MCP, tools: <c>isError</c>).</summary>
internal static class ToolError
{
    public static bool In(ReadOnlySpan<byte> result)
    {
        // Nearly no result has the word: only one that does is parsed.
        if (result.IndexOf("\"isError\""u8) < 0)
        {
            return false;
        }

        var reader = new Utf8JsonReader(result);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals("isError"u8);
            reader.Read();
            if (isIt)
            {
                return reader.TokenType == JsonTokenType.True;
            }

            reader.Skip();
        }

        return false;
    }
}
