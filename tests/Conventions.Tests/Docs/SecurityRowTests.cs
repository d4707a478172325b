using System.Text.RegularExpressions;

namespace Smcp.Conventions.Docs;

/// <summary>The page of security says which test holds each row of its checklist; the tests are there.</summary>
[Collection(ConventionCollection.Name)]
public sealed partial class SecurityRowTests(SourceTree tree)
{
    private const string Page = "docs/security.md";

    private static readonly string[] Wanted =
    [
        .. Enumerable.Range(1, 57).Select(row => $"AS{row:D2}"),
        .. Enumerable.Range(1, 25).Select(row => $"RS{row:D2}"),
    ];

    [Fact]
    public void EveryRow_IsInTheTable()
    {
        var rows = Rows().Select(row => row.Name).ToList();

        Assert.Equal(Wanted, rows);
    }

    [Fact]
    public void RowsTests_AreThere() => Rule.Holds(
        "Each test that the table names stands in one of the files that it names.",
        from row in Rows()
        from test in row.Tests
        where !row.Files.Any(file => tree.Paths.Contains(file)
            && tree.Read(file).Contains($" {test}(", StringComparison.Ordinal))
        select new Violation(Page, row.Line, $"{row.Name}: {test} is in none of its files"));

    [Fact]
    public void RowsFiles_AreThere() => Rule.Holds(
        "Each file that the table names is there.",
        from row in Rows()
        from file in row.Files
        where !tree.Paths.Contains(file)
        select new Violation(Page, row.Line, $"{row.Name}: there is no {file}"));

    /// <summary>So each row has one, and whoever reads of a row finds it.</summary>
    [Fact]
    public void Row_HasATestOverHttpThatIsNamedAfterIt() => Rule.Holds(
        "Each row has a test in tests/Security.Tests that begins with its name, or with a span (AS08ToAS17) it is in.",
        from row in Rows()
        where !row.Tests.Any(test => IsNamedAfter(row.Name, test) && row.Files.Any(file =>
            file.StartsWith("tests/Security.Tests/", StringComparison.Ordinal)
            && tree.Read(file).Contains($" {test}(", StringComparison.Ordinal)))
        select new Violation(Page, row.Line, $"{row.Name} has none"));

    private static bool IsNamedAfter(string row, string test) =>
        Named().Match(test) is { Success: true } named
        && string.CompareOrdinal(named.Groups[1].Value, row) <= 0
        && string.CompareOrdinal(row, named.Groups[2].Success ? named.Groups[2].Value : named.Groups[1].Value) <= 0;

    private IEnumerable<(string Name, string[] Files, string[] Tests, int Line)> Rows() =>
        from line in tree.Read(Page).Split('\n').Index()
        let row = Row().Match(line.Item)
        where row.Success
        select (
            row.Groups[1].Value,
            Texts(row.Groups[2].Value),
            Texts(row.Groups[3].Value).Where(text => text.Contains('_', StringComparison.Ordinal)).ToArray(),
            line.Index + 1);

    private static string[] Texts(string cell) => [.. Quoted().Matches(cell).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^\| ((?:AS|RS)\d\d) \| (.*?) ?\| (.*) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^((?:AS|RS)\d\d)(?:To((?:AS|RS)\d\d))?_")]
    private static partial Regex Named();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
