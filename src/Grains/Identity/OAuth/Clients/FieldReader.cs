using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>Reads the fields of an object, and remembers whether one had the wrong type.</summary>
internal sealed class FieldReader(JsonElement json)
{
    public bool IsMalformed { get; private set; }

    /// <summary>The text; null where there is none.</summary>
    public string? Text(string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var text = value.Text();
        IsMalformed |= text is null;
        return text;
    }

    /// <summary>The texts of a list; null where there is none.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            string[] texts = [.. value.EnumerateArray().Select(item => item.Text()).OfType<string>()];
            if (texts.Length == value.GetArrayLength())
            {
                return texts;
            }
        }

        IsMalformed = true;
        return null;
    }
}
