using System.Text.RegularExpressions;

namespace Smcp.Conventions.Docs;

/// <summary>Habits 19 and 23: the pages name files that exist.</summary>
[Collection(ConventionCollection.Name)]
public sealed partial class ArchitectureTests(SourceTree tree)
{
    [Fact]
    public void Page_NamesFilesThatExist() => Rule.Holds(
        "Every file or folder that a page names in backticks, or links to, exists.",
        from path in tree.Paths
        where path.StartsWith("docs/", StringComparison.Ordinal) || path == "README.md"
        where path.EndsWith(".md", StringComparison.Ordinal)
        from line in tree.Read(path).Split('\n').Index()
        from name in NamesIn(line.Item, path)
        where !Exists(name)
        select new Violation(path, line.Index + 1, $"{name} does not exist"));

    private static IEnumerable<string> NamesIn(string line, string page) =>
        Quoted().Matches(line).Select(m => m.Groups[1].Value.TrimEnd('/'))
            .Concat(Linked().Matches(line).Select(m => Resolve(page, m.Groups[1].Value)));

    private static string Resolve(string page, string link) => Path.GetRelativePath(
        "/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(page)!, link.Split('#')[0]))).Replace('\\', '/');

    private bool Exists(string name) =>
        name == "." || tree.Paths.Any(p => p == name || p.StartsWith(name + "/", StringComparison.Ordinal)
            || p.EndsWith("/" + name, StringComparison.Ordinal));

    /// <summary>A path below a folder of the root, or a C# file by its name.</summary>
    [GeneratedRegex(@"`((?:src|tests|docs|samples|bench|deploy)/[\w./-]+|[\w./-]*\w\.cs)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\((?!\w+:|#)([^)\s]+)\)")]
    private static partial Regex Linked();
}
