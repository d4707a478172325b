using System.Text.Json.Nodes;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// A package by its name: <c>{"npm": {"package": "@scope/name", "version": "^1.2"}}</c>, with the members of the
/// section <c>process</c> but its command.
/// </summary>
internal static class NpmSection
{
    public const string Name = "npm";

    private const int NameLengthMax = 214;
    private const int ArgumentsMax = 127;
    private const int ArgumentLengthMax = 4_096;

    private static readonly string[] Copied = ["env", "secretEnv", "scratch", "ports", "stateless"];

    public static ImportedServer? Read(SettingsPart root)
    {
        var settings = new ImportedSettings(root);
        if (root.Part(Name) is not { } part)
        {
            return null;
        }

        var package = PackageOf(part);
        var process = new JsonObject
        {
            ["command"] = "node",
            ["args"] = ImportedSettings.Texts(part.Texts("args", ArgumentsMax, ArgumentLengthMax)),
        };
        foreach (var name in Copied)
        {
            if (part.Node(name) is { } value)
            {
                process[name] = value;
            }
        }

        foreach (var (_, secret) in process["secretEnv"] as JsonObject ?? [])
        {
            settings.Grant(secret?.ToString() ?? string.Empty);
        }

        part.End();
        root.End();
        return package is null
            ? null
            : new ImportedServer(settings.As("process", process), new ServerOrigin { Form = OriginForm.Npm })
            {
                Package = package,
            };
    }

    private static NpmPackage? PackageOf(SettingsPart part)
    {
        var name = part.Text("package", NameLengthMax, isRequired: true);
        var range = part.Text("version", NameLengthMax) ?? NpmPackage.Latest;
        var program = part.Text("bin", NameLengthMax);
        if (name is not null && !NpmPackage.IsName(name))
        {
            part.Note("package", "is no name of a package: name or @scope/name, with nothing behind it");
            return null;
        }

        if (!NpmPackage.IsRange(range))
        {
            part.Note("version", "is no version, range or tag");
            return null;
        }

        return name is null ? null : new NpmPackage(name, range, program);
    }
}
