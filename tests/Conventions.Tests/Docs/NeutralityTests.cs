using System.Text.RegularExpressions;

namespace Smcp.Conventions.Docs;

/// <summary>What is committed would be true on anybody's machine.</summary>
[Collection(ConventionCollection.Name)]
public sealed partial class NeutralityTests(SourceTree tree)
{
    private static readonly string[] Texts =
        [".cs", ".md", ".sh", ".mjs", ".js", ".json", ".csproj", ".props", ".targets", ".yml", ".txt", ".sln"];

    [Fact]
    public void Path_IsNobodysOwn() => Rule.Holds(
        "No absolute path of one machine.",
        from path in tree.Paths
        where Texts.Contains(Path.GetExtension(path))
        from line in tree.Read(path).Split('\n').Index()
        where OwnPath().IsMatch(line.Item)
        select new Violation(path, line.Index + 1, OwnPath().Match(line.Item).Value));

    [Fact]
    public void LockFile_NamesNoRegistry() => Rule.Holds(
        "A lock file pins versions and hashes, and leaves the registry to the client's configuration.",
        from path in tree.Paths
        where path.EndsWith("package-lock.json", StringComparison.Ordinal)
        where tree.Read(path).Contains("\"resolved\"", StringComparison.Ordinal)
        select new Violation(path, 1, "names where packages came from (npm: omit-lockfile-registry-resolved)"));

    [GeneratedRegex(@"(?<![\w.~/}])/(home|root|Users|work|mnt)/[\w.]")]
    private static partial Regex OwnPath();
}
