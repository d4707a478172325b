using System.Text.Json.Nodes;
using Smcp.Servers.Deploying.Images;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// The <c>manifest.json</c> of an MCPB bundle (specification 0.1 to 0.4): a program of the archive, by Node.js, Python
/// or of its own.
/// </summary>
internal sealed class BundleManifest
{
    public const string FileName = "manifest.json";

    private const int TextLengthMax = 4_096;
    private const int ItemsMax = 128;
    private const string Platform = "linux";

    private readonly SettingsPart _manifest;
    private readonly SettingsPart? _server;
    private readonly SettingsPart? _config;
    private readonly SettingsPart? _override;
    private readonly ImportedSettings _settings;
    private readonly BundleValues _values;
    private readonly Dictionary<string, ImageFile> _files;

    private BundleManifest(SettingsPart manifest, SettingsPart? beside, IReadOnlyList<ImageFile> files)
    {
        _manifest = manifest;
        _server = manifest.Part("server");
        _config = _server?.Part("mcp_config");
        _override = _config?.Part("platform_overrides")?.Part(Platform);
        _settings = new ImportedSettings(beside);
        _values = new BundleValues(manifest, new RegistryValues(beside, _settings));
        _files = files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        beside?.End();
    }

    public static ImportedServer? Read(
        SettingsPart manifest, SettingsPart? beside, IReadOnlyList<ImageFile> files) =>
        new BundleManifest(manifest, beside, files).Read();

    private ImportedServer? Read()
    {
        if (!_manifest.Has("manifest_version") && !_manifest.Has("dxt_version"))
        {
            _manifest.Note("manifest_version", "is missing: this is no manifest of an MCPB bundle");
            return null;
        }

        if (_server is null || _config is null)
        {
            (_server ?? _manifest).Note(_server is null ? "server" : "mcp_config", "is missing");
            return null;
        }

        NoteWhatCannotRun(_server);
        _settings.Describe(_manifest.Node("description"));
        var origin = new ServerOrigin
        {
            Form = OriginForm.Mcpb,
            Name = _manifest.Text("name", TextLengthMax, isRequired: true),
            Version = _manifest.Text("version", TextLengthMax),
        };
        var from = _override?.Has("command") == true ? _override : _config;
        var command = from.Text("command", TextLengthMax, isRequired: true) ?? string.Empty;
        var arguments = ReadArguments();
        var environment = ReadEnvironment();
        return NpxCommand.Is(command)
            ? ReadPackage(arguments, environment, origin)
            : new ImportedServer(WithFolders(_settings.AsProcess(ReadCommand(from, command), arguments, environment)),
                origin);
    }

    private void NoteWhatCannotRun(SettingsPart server)
    {
        if (server.Text("type", TextLengthMax, isRequired: true) is { } type and not ("node" or "python" or "binary"))
        {
            server.Note("type", type == "uv"
                ? "is uv, which brings its packages when it starts: bundle them, as type python"
                : "is none of node, python, binary");
        }

        if (_manifest.Part("compatibility") is { } compatibility
            && compatibility.Texts("platforms", ItemsMax, TextLengthMax) is { Count: > 0 } platforms
            && !platforms.Contains(Platform))
        {
            compatibility.Note("platforms", "has no linux, and nothing else is here");
        }
    }

    private List<string> ReadArguments()
    {
        var from = _override?.Has("args") == true ? _override : _config!;
        var arguments = new List<string>();
        foreach (var argument in from.Texts("args", ItemsMax, TextLengthMax))
        {
            var (texts, secrets) = _values.Expand(argument, from);
            arguments.AddRange(texts);
            if (secrets.Count > 0)
            {
                from.Note("args", $"take the secret {secrets[0]}, which no argument can be");
            }
        }

        return arguments;
    }

    private ImportedEnvironment ReadEnvironment()
    {
        var environment = new ImportedEnvironment();
        foreach (var from in new[] { _config!, _override }.OfType<SettingsPart>())
        {
            foreach (var (name, value) in from.Map("env", ItemsMax, TextLengthMax))
            {
                environment.Plain.Remove(name);
                environment.Secrets.Remove(name);
                var (texts, secrets) = _values.Expand(value, from);
                if (secrets.Count == 0 && texts.Count > 0)
                {
                    environment.Plain[name] = string.Join(',', texts);
                }
                else if (secrets is [var secret] && texts is [var text] && text == $"${{{secret}}}")
                {
                    environment.Secrets[name] = secret;
                }
                else if (secrets.Count > 0)
                {
                    from.Note("env", $"has the secret {secrets[0]} within a text, which no variable can be");
                }
            }
        }

        return environment;
    }

    private string ReadCommand(SettingsPart from, string command)
    {
        var expanded = _values.Expand(command, from).Texts is [var text] ? text : command;
        switch (NpxCommand.NameOf(expanded))
        {
            case "node" when expanded == "node":
                return NoteEntry("node");
            case "python" or "python3" when !expanded.Contains('/', StringComparison.Ordinal):
                // Debian has no program that is called python.
                return NoteEntry("python3");
        }

        var path = expanded.StartsWith(BundleValues.Folder + "/", StringComparison.Ordinal)
            ? expanded[(BundleValues.Folder.Length + 1)..]
            : expanded.StartsWith("./", StringComparison.Ordinal) ? expanded[2..] : expanded;
        if (!_files.TryGetValue(path, out var file))
        {
            from.Note("command", "is no file of the bundle, and neither node nor python");
        }
        else if (!file.IsExecutable)
        {
            from.Note("command", "is a file that is not executable in the archive: pack it with its mode");
        }

        return $"{BundleValues.Folder}/{path}";
    }

    private string NoteEntry(string command)
    {
        if (_server!.Text("entry_point", TextLengthMax) is { } entry
            && !_files.ContainsKey(entry.StartsWith("./", StringComparison.Ordinal) ? entry[2..] : entry))
        {
            _server.Note("entry_point", "is no file of the bundle");
        }

        return command;
    }

    private ImportedServer? ReadPackage(
        IReadOnlyList<string> arguments, ImportedEnvironment environment, ServerOrigin origin)
    {
        if (NpxCommand.Parse(arguments) is { Package: { } package } npx)
        {
            return new ImportedServer(WithFolders(_settings.AsNode(npx.Arguments, environment)), origin)
            {
                Package = package,
            };
        }

        _config!.Note("args", "name no package of the npm registry, or give npx an option that is not taken");
        return null;
    }

    private JsonObject WithFolders(JsonObject settings)
    {
        if (_values.Scratch.Count > 0)
        {
            settings["process"]!["scratch"] = _values.Scratch;
        }

        return settings;
    }
}
