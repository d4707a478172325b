using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions.Shape;

/// <summary>Habits 1 to 3: where a thing stands follows from what it is.</summary>
[Collection(ConventionCollection.Name)]
public sealed class TypeFileTests(SourceTree tree)
{
    private static readonly string[] KindFolders =
        ["Helpers", "Utils", "Utilities", "Services", "Models", "Interfaces", "Common", "Misc", "Extensions"];

    /// <summary>Rooms beside the runtimes, for what several of them share.</summary>
    private static readonly string[] SharedByRuntimes = ["Jails"];

    [Fact]
    public void File_HoldsOneTypeOfItsName() => Rule.Holds(
        "A file holds one top-level type and is named as it (a closed union may stand with its cases).",
        tree.Sources.SelectMany(StrangersIn));

    [Fact]
    public void Folder_IsAThingOfTheDomain() => Rule.Holds(
        "A folder is a thing of the domain or a stage of a request, never a kind.",
        from path in tree.Paths
        from folder in path.Split('/').SkipLast(1)
        where KindFolders.Contains(folder, StringComparer.OrdinalIgnoreCase)
        select new Violation(path, 1, $"stands in a folder '{folder}'"));

    [Fact]
    public void Namespace_IsTheFolder() => Rule.Holds(
        "The feature folder is the namespace, below Smcp (Protocol and Cli: below their own name).",
        from file in tree.Product
        where file.TopLevelTypes.Any()
        let declared = file.Root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString()
        where !NamespacesFor(file).Contains(declared)
        select new Violation(file.Path, 1, $"namespace {declared} instead of {NamespacesFor(file)[0]}"),
        new Allowed(
            "src/Embedded/Engine/Proxies/IgnoresAccessChecksToAttribute.cs", "CompilerServices",
            "the runtime looks for this very name"));

    [Fact]
    public void Runtimes_HaveTheSameFiles() => Rule.Holds(
        "Each runtime has XRuntime.cs, XRuntime.Log.cs and XRuntimeOptions.cs.",
        from folder in tree.Product
            .Where(f => f.Path.StartsWith("src/Grains/Runtimes/", StringComparison.Ordinal) && f.Path.Count('/') > 3)
            .Select(f => f.Path[..f.Path.LastIndexOf('/')])
            .Where(f => f.Count('/') == 3)
            .Distinct()
        let kind = folder[(folder.LastIndexOf('/') + 1)..]
        where !SharedByRuntimes.Contains(kind)
        from file in new[] { $"{kind}Runtime.cs", $"{kind}Runtime.Log.cs", $"{kind}RuntimeOptions.cs" }
        where !tree.Paths.Contains($"{folder}/{file}")
        select new Violation(folder, 1, $"has no {file}"));

    private static string?[] NamespacesFor(SourceFile file)
    {
        var project = file.Project[4..];
        var below = file.Folder.Length == 0 ? string.Empty : "." + file.Folder.Replace('/', '.');
        return project is "Protocol" or "Cli"
            ? [$"Smcp.{project}{below}"]
            : [$"Smcp{below}", $"Smcp.{project}{below}"];
    }

    private static IEnumerable<Violation> StrangersIn(SourceFile file)
    {
        var types = file.TopLevelTypes.ToList();
        if (types.Count == 0)
        {
            yield break;
        }

        var expected = file.Name.Split('.')[0];
        var owner = types.FirstOrDefault(t => NameOf(t) == expected);
        if (owner is null)
        {
            yield return file.At(types[0], $"{NameOf(types[0])} is not the file's name");
            yield break;
        }

        foreach (var stranger in types.Where(t => t != owner && !IsCaseOf(t, expected)))
        {
            yield return file.At(stranger, $"{NameOf(stranger)} stands in the file of {expected}");
        }
    }

    private static bool IsCaseOf(MemberDeclarationSyntax type, string union) =>
        type is BaseTypeDeclarationSyntax { BaseList: { } bases }
        && bases.Types.Any(b => b.Type.ToString().Split('(', '<')[0] == union);

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax t => t.Identifier.Text,
        DelegateDeclarationSyntax d => d.Identifier.Text,
        _ => string.Empty,
    };
}
