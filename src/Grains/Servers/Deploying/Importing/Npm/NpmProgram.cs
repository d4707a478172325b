using System.Text.Json;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers.Deploying.Images;

namespace Smcp.Servers.Deploying.Importing.Npm;

/// <summary>The program of a package that was brought: which of its files Node.js runs.</summary>
/// <param name="Path">In the image.</param>
/// <param name="Version">The package's.</param>
internal sealed record NpmProgram(string Path, string Version)
{
    private const int DescriptionBytesMax = 1024 * 1024;
    private const int BeginBytes = 128;

    private static readonly string[] Endings = [".js", ".mjs", ".cjs"];

    public static async ValueTask<(NpmProgram? Found, McpFault? Fault)> FindAsync(
        FileSpool files, NpmPackage package, CancellationToken cancellationToken)
    {
        var folder = $"node_modules/{package.Name}/";
        var description = await files.ReadAsync($"{folder}package.json", DescriptionBytesMax, cancellationToken);
        using var json = ForeignJson.Parse(description, default);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } root
            || root.Text("version") is not { } version)
        {
            return Refused($"The package {package.Name} does not say what it is.");
        }

        var programs = ProgramsOf(root, package.Name);
        var name = package.Program
            ?? (programs.Count == 1 ? programs.Keys.First() : package.Name[(package.Name.IndexOf('/') + 1)..]);
        if (!programs.TryGetValue(name, out var file))
        {
            return Refused(programs.Count == 0
                ? $"The package {package.Name} has no program that could be run."
                : $"The package {package.Name} has the programs {string.Join(", ", programs.Keys.Order().Take(20))}: "
                    + "name one of them (bin).");
        }

        var path = folder + (file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file);
        var begin = await files.ReadBeginAsync(path, BeginBytes, cancellationToken);
        return begin is null ? Refused($"The package {package.Name} lacks the file of its program {name}.")
            : IsForNode(path, begin) ? (new NpmProgram(path, version), null)
            : Refused($"The program {name} of the package {package.Name} is none for Node.js.");
    }

    /// <summary>By their names; a package that names none has one, of its own name (package.json, "bin").</summary>
    private static Dictionary<string, string> ProgramsOf(JsonElement root, string package)
    {
        var programs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.TryGetProperty("bin", out var bin) && bin.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in bin.EnumerateObject().Where(member => member.Value.Text() is not null))
            {
                programs[member.Name] = member.Value.Text()!;
            }
        }
        else if (root.Text("bin") is { } file)
        {
            programs[package[(package.IndexOf('/') + 1)..]] = file;
        }

        return programs;
    }

    private static bool IsForNode(string path, ReadOnlySpan<byte> begin)
    {
        var end = begin.IndexOf((byte)'\n');
        return begin.StartsWith("#!"u8)
            ? begin[..(end < 0 ? begin.Length : end)].IndexOf("node"u8) >= 0
            : Endings.Contains(System.IO.Path.GetExtension(path));
    }

    private static (NpmProgram? Found, McpFault? Fault) Refused(string message) =>
        (null, new McpFault(FaultReason.InvalidParams, message));
}
