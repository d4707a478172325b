using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Smcp.Conventions;

/// <summary>The repository as text and syntax, read once for all tests.</summary>
public sealed class SourceTree
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview);

    private static readonly string[] Skipped =
        ["artifacts", "bin", "obj", "node_modules", ".git", ".smcp", ".tools", "TestResults"];

    public SourceTree()
    {
        Root = FindRoot();
        Paths = [.. Walk(new DirectoryInfo(Root)).Select(Relative).Order(StringComparer.Ordinal)];
        Sources = [.. Paths.Where(p => p.EndsWith(".cs", StringComparison.Ordinal)).Select(Parse)];
    }

    /// <summary>The root of the repository.</summary>
    public string Root { get; }

    /// <summary>Every file, relative to the root, that is neither built nor downloaded.</summary>
    public IReadOnlyList<string> Paths { get; }

    internal IReadOnlyList<SourceFile> Sources { get; }

    internal IEnumerable<SourceFile> Product => Sources.Where(s => s.IsProduct);

    internal IEnumerable<SourceFile> Tests => Sources.Where(s => s.IsTest);

    /// <summary>Every project file, relative to the root.</summary>
    public IEnumerable<string> Projects => Paths.Where(p => p.EndsWith(".csproj", StringComparison.Ordinal));

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Smcp.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"No Smcp.sln above {AppContext.BaseDirectory}.");
    }

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories()
            .Where(d => !Skipped.Contains(d.Name, StringComparer.Ordinal) && d.LinkTarget is null)
            .SelectMany(Walk));

    private string Relative(FileInfo file) => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');

    private SourceFile Parse(string path)
    {
        var text = Read(path);
        return new SourceFile(path, text, (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, Language).GetRoot());
    }
}
