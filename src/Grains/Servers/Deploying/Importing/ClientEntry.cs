using System.Text.Json.Nodes;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// An entry of <c>mcpServers</c>, as clients keep them in their settings: a program that npx brings, one of the archive
/// by Node.js, or a server elsewhere.
/// </summary>
internal static class ClientEntry
{
    public const string Name = "mcpServers";

    private const int TextLengthMax = 4_096;
    private const int ArgumentsMax = 128;
    private const int VariablesMax = 128;
    private const int HeadersMax = 32;

    /// <summary>What a client keeps for itself there.</summary>
    private static readonly string[] OfTheClient =
        ["disabled", "enabled", "autoApprove", "alwaysAllow", "timeout", "trust", "description", "icon"];

    private static readonly string[] OfItsMachine = ["cwd", "envFile"];

    private static readonly string[] Addresses = ["url", "serverUrl", "httpUrl"];

    private static readonly string[] Elsewhere =
        ["http", "streamable-http", "streamableHttp", "streamable_http", "sse", "remote"];

    public static ImportedServer? Read(SettingsPart root, IReadOnlySet<string> files)
    {
        var settings = new ImportedSettings(root);
        var entries = root.Part(Name)?.Members() ?? [];
        root.End();
        if (entries is not [var (name, entry)])
        {
            root.Note(Name, $"has {entries.Count} entries: a version is made of one");
            return null;
        }

        foreach (var ignored in OfTheClient)
        {
            entry.Node(ignored);
        }

        foreach (var foreign in OfItsMachine.Where(entry.Has))
        {
            entry.Note(foreign, "names a place of another machine: leave it out");
        }

        var origin = new ServerOrigin { Form = OriginForm.McpServers, Name = name };
        var found = entry.Has("command")
            ? ReadProgram(entry, settings, origin, files)
            : ReadElsewhere(entry, settings, origin);
        entry.End();
        return found;
    }

    private static ImportedServer? ReadProgram(
        SettingsPart entry, ImportedSettings settings, ServerOrigin origin, IReadOnlySet<string> files)
    {
        if (entry.Text("type", TextLengthMax) is { } type and not ("stdio" or "local"))
        {
            entry.Note("type", "is not stdio, though there is a command");
        }

        var command = entry.Text("command", TextLengthMax, isRequired: true) ?? string.Empty;
        var arguments = entry.Texts("args", ArgumentsMax, TextLengthMax);
        if (NpxCommand.NameOf(command) == "cmd" && arguments is ["/c" or "/C", var inner, ..])
        {
            (command, arguments) = (inner, [.. arguments.Skip(2)]);
        }

        var environment = ReadEnvironment(entry);
        NoteArguments(entry, arguments);
        if (NpxCommand.Is(command))
        {
            if (NpxCommand.Parse(arguments) is not { Package: { } package } npx)
            {
                entry.Note("args", "name no package of the npm registry, or give npx an option that is not taken");
                return null;
            }

            return new ImportedServer(settings.AsNode(npx.Arguments, environment), origin) { Package = package };
        }

        if (NpxCommand.NameOf(command) == "node" && arguments is [var file, ..] && files.Contains(Plain(file)))
        {
            return new ImportedServer(
                settings.AsNode([Plain(file), .. arguments.Skip(1)], environment), origin);
        }

        entry.Note("command", "runs what only its own machine has: taken are npx with a package of the npm registry, "
            + "and node with a file of the archive that it comes with");
        return null;
    }

    private static ImportedEnvironment ReadEnvironment(SettingsPart entry)
    {
        var environment = new ImportedEnvironment();
        var names = entry.Part("env");
        foreach (var (name, value) in entry.Map("env", VariablesMax, TextLengthMax))
        {
            if (Placeholders.SecretOf(value) is { } secret)
            {
                environment.Secrets[name] = secret;
            }
            else if (Placeholders.AreIn(value))
            {
                names?.Note(name, "is a secret within a text: make the whole of it one secret, and write ${ITS_NAME}");
            }
            else if (SecretMarks.Are(name, value))
            {
                names?.Note(name, SecretWords(Placeholders.NameOf(name)));
            }
            else
            {
                environment.Plain[name] = value;
            }
        }

        return environment;
    }

    private static void NoteArguments(SettingsPart entry, IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (Placeholders.AreIn(arguments[i]) || SecretMarks.AreIn(i > 0 ? arguments[i - 1] : null, arguments[i]))
            {
                entry.Note("args", i, "is a secret, which no argument can be: give it to the program as a variable, "
                    + "by env");
            }
        }
    }

    private static ImportedServer? ReadElsewhere(SettingsPart entry, ImportedSettings settings, ServerOrigin origin)
    {
        var member = Addresses.FirstOrDefault(entry.Has) ?? "url";
        if (entry.Text("type", TextLengthMax) is { } type && !Elsewhere.Contains(type))
        {
            entry.Note("type", $"is none of {string.Join(", ", Elsewhere)}");
        }

        var url = entry.Text(member, TextLengthMax, isRequired: true) ?? string.Empty;
        if (Placeholders.AreIn(url))
        {
            entry.Note(member, "leaves something to be filled in: write the whole address");
        }
        else if (HasSecret(url))
        {
            entry.Note(member, "has a secret in it, which an address cannot: if the server takes it as a header, write "
                + "headers");
        }

        var headers = ReadHeaders(entry, settings);
        return new ImportedServer(
            settings.As("remote", new JsonObject { ["url"] = url, ["headers"] = ImportedSettings.Map(headers) }),
            origin);
    }

    private static SortedDictionary<string, string> ReadHeaders(SettingsPart entry, ImportedSettings settings)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var names = entry.Part("headers");
        foreach (var (name, value) in entry.Map("headers", HeadersMax, TextLengthMax))
        {
            if (!Placeholders.AreIn(value) && SecretMarks.Are(name, value))
            {
                names?.Note(name, SecretWords(Placeholders.NameOf(name)));
            }
            else if (Placeholders.Translate(value) is var (text, secrets))
            {
                headers[name] = text;
                foreach (var secret in secrets)
                {
                    settings.Grant(secret);
                }
            }
            else
            {
                names?.Note(name, "has a placeholder that names no secret: ${NAME}, of A-Z, 0-9 and _");
            }
        }

        return headers;
    }

    private static string SecretWords(string? name) =>
        $"holds a secret: store it as a secret of the tenant ({name ?? "NAME"}), and write "
        + $"${{{name ?? "NAME"}}} here instead";

    private static bool HasSecret(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.UserInfo.Length > 0
            || uri.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2))
                .Any(pair => pair is [var name, var value] && SecretMarks.Are(name, value)));

    private static string Plain(string file) =>
        file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file;
}
