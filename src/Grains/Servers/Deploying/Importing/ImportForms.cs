using System.Text.Json;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers.Deploying.Images;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// Tells the forms of documents that people have at hand from our own (<c>smcp.json</c>), and reads them. What a form
/// comes to is settings of ours, which are then read as if somebody had written them.
/// </summary>
internal static class ImportForms
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private static readonly JsonDocumentOptions Commented = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 32,
    };

    /// <summary>The members that say what a document is.</summary>
    private static readonly string[] Named =
        ["runtime", NpmSection.Name, ClientEntry.Name, RegistryDocument.Name, "packages", "remotes"];

    /// <summary>What a document comes to; null, without a fault, where it is of our own form, or of none.</summary>
    public static (ImportedServer? Found, McpFault? Fault) Read(
        ReadOnlyMemory<byte> document, IReadOnlyList<ImageFile> files)
    {
        using var json = ForeignJson.Parse(document, Strict);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } root || root.TryGetProperty("runtime", out _))
        {
            return (null, null);
        }

        return Read(root, (part, problems) =>
            part.Has(NpmSection.Name) ? () => NpmSection.Read(part)
            : part.Has(ClientEntry.Name)
                ? () => ClientEntry.Read(part, files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal))
            : part.Part(RegistryDocument.Name) is { } inner ? () => RegistryDocument.Read(inner, part)
            : part.Has("packages") || part.Has("remotes") ? () => RegistryDocument.Read(part, null)
            : null);
    }

    /// <summary>Whether a document of ours says only what another one in the archive does not.</summary>
    public static bool IsBesideOther(ReadOnlyMemory<byte> document)
    {
        using var json = ForeignJson.Parse(document, Strict);
        return json?.RootElement is { ValueKind: JsonValueKind.Object } root
            && !Named.Any(name => root.TryGetProperty(name, out _));
    }

    /// <summary>What a file of an archive comes to that is another form's main one.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="content">The file.</param>
    /// <param name="beside">Our own document, for what the other form does not say; empty for none.</param>
    /// <param name="files">The archive's files.</param>
    public static (ImportedServer? Found, McpFault? Fault) ReadFile(
        string name, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> beside, IReadOnlyList<ImageFile> files)
    {
        using var json = ForeignJson.Parse(content, WranglerProject.FileNames.Contains(name) ? Commented : Strict);
        using var own = beside.IsEmpty ? null : ForeignJson.Parse(beside, Strict);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } root
            || own?.RootElement is { ValueKind: not JsonValueKind.Object })
        {
            return (null, new McpFault(
                FaultReason.InvalidParams,
                $"{name}, or smcp.json beside it, is no JSON object, or has a member twice."));
        }

        return Read(root, (part, problems) =>
        {
            var other = own is null ? null : new SettingsPart(own.RootElement, string.Empty, problems);
            return name == BundleManifest.FileName
                ? () => BundleManifest.Read(part, other, files)
                : () => WranglerProject.Read(part, other, files);
        });
    }

    private static (ImportedServer? Found, McpFault? Fault) Read(
        JsonElement root, Func<SettingsPart, SettingsProblems, Func<ImportedServer?>?> choose)
    {
        var problems = new SettingsProblems();
        if (choose(new SettingsPart(root, string.Empty, problems), problems) is not { } read)
        {
            return (null, null);
        }

        var found = read();
        return problems.Any || found is null ? (null, problems.ToFault()) : (found, null);
    }
}
