using System.Text.Json.Nodes;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// What stands for the variables of an MCPB bundle's manifest: places of the jail, and what the bundle asks its user
/// for (<c>user_config</c>), by the deployer's values, defaults and the tenant's secrets. A folder that it asks for is
/// one of its own.
/// </summary>
internal sealed class BundleValues(SettingsPart manifest, RegistryValues given)
{
    public const string Folder = "/app";

    private const string Home = "/tmp";
    private const string Data = "/data/";
    private const string UserConfig = "user_config.";
    private const string Begin = "${";
    private const long FolderBytes = 64L * 1024 * 1024;
    private const int TextLengthMax = 4_096;
    private const int ItemsMax = 64;

    private readonly Dictionary<string, SettingsPart> _options =
        (manifest.Part("user_config")?.Members() ?? []).Take(ItemsMax)
            .ToDictionary(pair => pair.Name, pair => pair.Part);

    /// <summary>The folders that it writes to.</summary>
    public JsonObject Scratch { get; } = [];

    /// <summary>A text with each variable's value in it; more where one has more; none where one has none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where it stands, to note what is wrong.</param>
    public (IReadOnlyList<string> Texts, IReadOnlyList<string> Secrets) Expand(string text, SettingsPart at)
    {
        IReadOnlyList<string> texts = [text];
        var secrets = new List<string>();
        var from = 0;
        while (text.IndexOf(Begin, from, StringComparison.Ordinal) is >= 0 and var begin
            && text.IndexOf('}', begin) is > 0 and var end)
        {
            var variable = text[begin..(end + 1)];
            var (values, secret) = ValuesOf(variable[Begin.Length..^1], at);
            texts = [.. texts.SelectMany(_ => values, (one, value) => one.Replace(
                variable, value, StringComparison.Ordinal))];
            secrets.AddRange(secret is null ? [] : [secret]);
            from = end + 1;
        }

        return (texts, secrets);
    }

    private (IReadOnlyList<string> Values, string? Secret) ValuesOf(string name, SettingsPart at)
    {
        if (name.StartsWith(UserConfig, StringComparison.Ordinal))
        {
            return _options.TryGetValue(name[UserConfig.Length..], out var option)
                ? OptionOf(name[UserConfig.Length..], option)
                : Unknown(name, at);
        }

        return name switch
        {
            "__dirname" => ([Folder], null),
            "HOME" or "DESKTOP" or "DOCUMENTS" or "DOWNLOADS" => ([Home], null),
            "pathSeparator" or "/" => (["/"], null),
            _ => Unknown(name, at),
        };
    }

    private static (IReadOnlyList<string> Values, string? Secret) Unknown(string name, SettingsPart at)
    {
        at.Note($"has a variable that is not known here: {SettingsProblems.Escape(name)}");
        return ([], null);
    }

    private (IReadOnlyList<string> Values, string? Secret) OptionOf(string name, SettingsPart option)
    {
        var isRequired = option.Flag("required");
        if (option.Flag("sensitive"))
        {
            var input = given.SecretOf(option, name, isRequired);
            return input.Text is null ? ([], null) : ([input.Text], input.Secrets[0]);
        }

        if (option.Text("type", TextLengthMax) == "directory")
        {
            return isRequired || option.Has("default") ? ([OwnFolder(name)], null) : ([], null);
        }

        if (given.Find(name) is { } value)
        {
            return ([value], null);
        }

        var texts = TextsOf(option.Node("default"));
        if (texts.Count == 0 && isRequired)
        {
            option.Note($"needs a value: put smcp.json into the archive, with \"values\": "
                + $"{{\"{SettingsProblems.Escape(name)}\": \"…\"}}");
        }

        return (texts, null);
    }

    private string OwnFolder(string name)
    {
        var folder = Data + new string(
            [.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
        Scratch[folder] = new JsonObject { ["bytes"] = FolderBytes };
        return folder;
    }

    private static IReadOnlyList<string> TextsOf(JsonNode? value) => value switch
    {
        null => [],
        JsonArray items => [.. items.SelectMany(TextsOf)],
        JsonValue one => [one.ToString().Replace("${HOME}", Home, StringComparison.Ordinal)],
        _ => [],
    };
}
