using System.Text.Json.Nodes;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// Settings that are made of a document of another form, and of what stands beside that as in <c>smcp.json</c>.
/// </summary>
internal sealed class ImportedSettings
{
    private const string Secrets = "secrets";
    private const int DescriptionLengthMax = 500;

    private static readonly string[] Beside =
        ["$schema", "scope", "members", "description", Secrets, "egress", "manifest", "limits"];

    private readonly JsonObject _json = [];

    public ImportedSettings(SettingsPart? beside)
    {
        foreach (var name in Beside)
        {
            if (beside?.Node(name) is { } value)
            {
                _json[name] = value;
            }
        }
    }

    /// <summary>Whether who deploys it named the secret.</summary>
    public bool IsGranted(string secret) =>
        _json[Secrets] is JsonArray names && names.Any(name => name?.ToString() == secret);

    public void Grant(string secret)
    {
        if (!IsGranted(secret) && (_json[Secrets] ??= new JsonArray()) is JsonArray names)
        {
            names.Add(secret);
        }
    }

    /// <summary>One line for people, where it is one, and who deploys it wrote none.</summary>
    public void Describe(JsonNode? text)
    {
        if (text is JsonValue value && value.TryGetValue(out string? line)
            && line is { Length: > 0 and <= DescriptionLengthMax } && !line.Any(char.IsControl))
        {
            _json.TryAdd("description", line);
        }
    }

    public JsonObject As(string runtime, JsonObject section)
    {
        _json["runtime"] = runtime;
        _json[runtime] = section;
        return _json;
    }

    /// <summary>A program by Node.js.</summary>
    public JsonObject AsNode(IEnumerable<string> arguments, ImportedEnvironment environment) =>
        AsProcess("node", arguments, environment);

    public JsonObject AsProcess(string command, IEnumerable<string> arguments, ImportedEnvironment environment)
    {
        foreach (var secret in environment.Secrets.Values)
        {
            Grant(secret);
        }

        return As("process", new JsonObject
        {
            ["command"] = command,
            ["args"] = Texts(arguments),
            ["env"] = Map(environment.Plain),
            ["secretEnv"] = Map(environment.Secrets),
        });
    }

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>> texts) =>
        new(texts.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
