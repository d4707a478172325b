using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Protocol;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>
/// An object of a document that people wrote: gives members by name and kind, and notes whatever is wrong with one
/// under its JSON pointer (RFC 6901). Nothing stops at the first problem; a member that nobody asked for is one.
/// </summary>
internal sealed class SettingsPart(JsonElement json, string pointer, SettingsProblems problems)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text of 1 to so many characters, none of them a control character.</summary>
    public string? Text(string name, int lengthMax, bool isRequired = false)
    {
        if (Find(name) is not { } value)
        {
            if (isRequired)
            {
                Note(name, "is missing");
            }

            return null;
        }

        return TextOf(value, At(name), lengthMax);
    }

    /// <summary>A word of a set; the first is the default.</summary>
    public TWord Word<TWord>(string name, params ReadOnlySpan<(string Text, TWord Word)> words)
        where TWord : struct
    {
        if (Find(name) is not { } value)
        {
            return words[0].Word;
        }

        var text = value.Text();
        foreach (var (known, word) in words)
        {
            if (known == text)
            {
                return word;
            }
        }

        Note(name, $"is none of {string.Join(", ", words.ToArray().Select(word => word.Text))}");
        return words[0].Word;
    }

    public bool Flag(string name, bool absent = false)
    {
        if (Find(name) is not { } value)
        {
            return absent;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Note(name, "is not true or false");
        }

        return value.ValueKind == JsonValueKind.True;
    }

    public long? Number(string name, long min, long max)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            && number >= min && number <= max)
        {
            return number;
        }

        Note(name, $"is no whole number from {min} to {max}");
        return null;
    }

    /// <summary>At most so many texts.</summary>
    public IReadOnlyList<string> Texts(string name, int countMax, int lengthMax, bool isRequired = false)
    {
        if (Find(name) is not { } value)
        {
            if (isRequired)
            {
                Note(name, "is missing");
            }

            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > countMax
            || (isRequired && value.GetArrayLength() == 0))
        {
            Note(name, $"is no list of {(isRequired ? 1 : 0)} to {countMax} texts");
            return [];
        }

        return [.. value.EnumerateArray().Select((item, i) => TextOf(item, $"{At(name)}/{i}", lengthMax) ?? "")];
    }

    /// <summary>Texts by name, at most so many.</summary>
    public IReadOnlyDictionary<string, string> Map(string name, int countMax, int lengthMax)
    {
        if (Find(name) is not { } value)
        {
            return new Dictionary<string, string>();
        }

        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() > countMax)
        {
            Note(name, $"is no object of at most {countMax} texts");
            return new Dictionary<string, string>();
        }

        // Sorted, so that the same settings are the same bytes.
        return value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).ToDictionary(
            member => member.Name,
            member => TextOf(member.Value, $"{At(name)}/{SettingsProblems.Escape(member.Name)}", lengthMax) ?? "");
    }

    /// <summary>The bytes of an object within this one, as it stands; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Raw(string name)
    {
        if (Find(name) is not { } value)
        {
            return default;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return JsonSerializer.SerializeToUtf8Bytes(value);
        }

        Note(name, "is no object");
        return default;
    }

    /// <summary>A value of any kind, as it stands; null where there is none.</summary>
    public JsonNode? Node(string name) => Find(name) is { } value ? JsonNode.Parse(value.GetRawText()) : null;

    /// <summary>An object within this one; null where there is none.</summary>
    public SettingsPart? Part(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new SettingsPart(value, At(name), problems);
        }

        Note(name, "is no object");
        return null;
    }

    /// <summary>The objects of a list, at most so many.</summary>
    public IReadOnlyList<SettingsPart> Parts(string name, int countMax)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > countMax
            || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
        {
            Note(name, $"is no list of at most {countMax} objects");
            return [];
        }

        return [.. value.EnumerateArray().Select((item, i) => new SettingsPart(item, $"{At(name)}/{i}", problems))];
    }

    /// <summary>The members by name, where each is an object.</summary>
    public IReadOnlyList<(string Name, SettingsPart Part)> Members() =>
    [
        .. json.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object)
            .Select(member => (member.Name, Part(member.Name)!)),
    ];

    public void Note(string name, string what) => problems.Note(At(name), what);

    /// <summary>An item of a list.</summary>
    public void Note(string name, int index, string what) => problems.Note($"{At(name)}/{index}", what);

    /// <summary>This object itself.</summary>
    public void Note(string what) => problems.Note(pointer, what);

    /// <summary>
    /// All that is known was asked for: what is left is a mistake, and must not be taken for a setting.
    /// </summary>
    public void End()
    {
        foreach (var member in json.EnumerateObject().Where(member => !_asked.Contains(member.Name)))
        {
            Note(member.Name, "is not known here");
        }
    }

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string At(string name) => $"{pointer}/{SettingsProblems.Escape(name)}";

    private string? TextOf(JsonElement value, string at, int lengthMax)
    {
        var text = value.Text();
        if (text is { Length: > 0 } && text.Length <= lengthMax && !text.Any(char.IsControl))
        {
            return text;
        }

        problems.Note(at, $"is no text of 1 to {lengthMax} characters");
        return null;
    }
}
