using System.Text.Json;

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

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        IsMalformed = true;
        return null;
    }

    /// <summary>The texts of a list; null where there is none.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
        {
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        }

        IsMalformed = true;
        return null;
    }
}
