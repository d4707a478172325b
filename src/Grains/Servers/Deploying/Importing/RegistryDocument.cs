using System.Text.Json.Nodes;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// A <c>server.json</c> of the MCP registry (schema of 2025-09-29 and later): its first package of the npm registry
/// that speaks over standard input and output, or else its first server elsewhere.
/// </summary>
internal static class RegistryDocument
{
    /// <summary>Where the document stands within a request that says more.</summary>
    public const string Name = "serverJson";

    private const int TextLengthMax = 4_096;
    private const int ItemsMax = 64;

    private static readonly string[] Carriers = ["streamable-http", "sse"];

    /// <param name="document">The document.</param>
    /// <param name="beside">What stands beside it; null for nothing.</param>
    public static ImportedServer? Read(SettingsPart document, SettingsPart? beside)
    {
        var settings = new ImportedSettings(beside);
        var given = new RegistryValues(beside, settings);
        beside?.End();
        var origin = new ServerOrigin
        {
            Form = OriginForm.ServerJson,
            Name = document.Text("name", TextLengthMax, isRequired: true),
            Version = document.Text("version", TextLengthMax),
        };
        settings.Describe(document.Node("description"));
        var packages = document.Parts("packages", ItemsMax);
        var remotes = document.Parts("remotes", ItemsMax);
        if (packages.FirstOrDefault(IsTaken) is { } package)
        {
            return ReadPackage(package, settings, given, origin);
        }

        if (remotes.FirstOrDefault(remote => Carriers.Contains(remote.Text("type", TextLengthMax))) is { } found)
        {
            return ReadRemote(found, settings, given, origin);
        }

        var types = packages.Select(other => other.Text("registryType", TextLengthMax)).Distinct();
        document.Note("has no package of the npm registry over stdio, and no server over streamable-http or sse"
            + (packages.Count > 0 ? $"; it has {string.Join(", ", types)}" : string.Empty));
        return null;
    }

    private static bool IsTaken(SettingsPart package) =>
        package.Text("registryType", TextLengthMax) == "npm"
        && (package.Part("transport")?.Text("type", TextLengthMax) ?? "stdio") == "stdio";

    private static ImportedServer? ReadPackage(
        SettingsPart part, ImportedSettings settings, RegistryValues given, ServerOrigin origin)
    {
        var name = part.Text("identifier", TextLengthMax, isRequired: true) ?? string.Empty;
        var range = part.Text("version", TextLengthMax) ?? NpmPackage.Latest;
        if (!NpmPackage.IsName(name) || !NpmPackage.IsRange(range))
        {
            part.Note("identifier", "and its version name no package of the npm registry");
            return null;
        }

        foreach (var argument in part.Parts("runtimeArguments", ItemsMax))
        {
            var option = argument.Text("name", TextLengthMax) ?? argument.Text("value", TextLengthMax);
            if (option is not ("-y" or "--yes"))
            {
                argument.Note("is an argument for what starts the package, and that is not npx here");
            }
        }

        var arguments = part.Parts("packageArguments", ItemsMax).SelectMany(item => ReadArgument(item, given)).ToList();
        var environment = new ImportedEnvironment();
        foreach (var variable in part.Parts("environmentVariables", ItemsMax))
        {
            ReadVariable(variable, given, environment);
        }

        return new ImportedServer(settings.AsNode(arguments, environment), origin)
        {
            Package = new NpmPackage(name, range, null),
        };
    }

    private static void ReadVariable(SettingsPart part, RegistryValues given, ImportedEnvironment environment)
    {
        var name = part.Text("name", TextLengthMax, isRequired: true) ?? string.Empty;
        var input = RegistryInput.Read(part, name, given);
        if (input.Secret is { } secret)
        {
            environment.Secrets[name] = secret;
        }
        else if (input.Secrets.Count > 0)
        {
            part.Note("is a secret within a text, which no variable can be");
        }
        else if (input.Text is { } text)
        {
            environment.Plain[name] = text;
        }
    }

    private static IEnumerable<string> ReadArgument(SettingsPart part, RegistryValues given)
    {
        var isNamed = part.Text("type", TextLengthMax) == "named";
        var name = part.Text(isNamed ? "name" : "valueHint", TextLengthMax, isRequired: isNamed) ?? string.Empty;
        var input = RegistryInput.Read(part, name, given);
        if (input.Secrets.Count > 0)
        {
            part.Note("is a secret, which no argument can be");
            return [];
        }

        return (isNamed, input.Text) switch
        {
            (false, { } text) => [text],
            (false, null) => [],
            (true, null) => part.Has("default") || part.Has("valueHint") ? [] : [name],
            (true, { } text) => name.StartsWith("--", StringComparison.Ordinal) ? [$"{name}={text}"] : [name, text],
        };
    }

    private static ImportedServer ReadRemote(
        SettingsPart part, ImportedSettings settings, RegistryValues given, ServerOrigin origin)
    {
        var url = part.Text("url", TextLengthMax, isRequired: true) ?? string.Empty;
        foreach (var (name, variable) in part.Part("variables")?.Members() ?? [])
        {
            var input = RegistryInput.Read(variable, name, given);
            if (input.Secrets.Count > 0)
            {
                variable.Note("is a secret in an address, which none can be");
            }

            url = url.Replace($"{{{name}}}", input.Text, StringComparison.Ordinal);
        }

        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var header in part.Parts("headers", ItemsMax))
        {
            var name = header.Text("name", TextLengthMax, isRequired: true) ?? string.Empty;
            var input = RegistryInput.Read(header, name, given);
            if (input.Text is { } text)
            {
                headers[name] = text;
            }

            foreach (var secret in input.Secrets)
            {
                settings.Grant(secret);
            }
        }

        return new ImportedServer(
            settings.As("remote", new JsonObject { ["url"] = url, ["headers"] = ImportedSettings.Map(headers) }),
            origin);
    }
}
