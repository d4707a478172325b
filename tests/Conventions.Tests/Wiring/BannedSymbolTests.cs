namespace Smcp.Conventions.Wiring;

/// <summary>Habit 14: time comes from a TimeProvider, in every project.</summary>
[Collection(ConventionCollection.Name)]
public sealed class BannedSymbolTests(SourceTree tree)
{
    private static readonly string[] Required =
    [
        "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTimeOffset.Now",
        "P:System.DateTimeOffset.UtcNow", "M:System.Threading.Tasks.Task.Delay(System.TimeSpan)",
        "M:System.Threading.Thread.Sleep(System.Int32)",
        "M:System.Threading.CancellationTokenSource.#ctor(System.TimeSpan)",
    ];

    [Fact]
    public void BannedSymbols_NameTheirReplacement() => Rule.Holds(
        "BannedSymbols.txt bans the clock and its kin, and each row says what to use instead.",
        Required.Where(s => !tree.Read("BannedSymbols.txt").Contains(s + ";", StringComparison.Ordinal))
            .Select(s => new Violation("BannedSymbols.txt", 1, $"{s} is missing"))
            .Concat(tree.Read("BannedSymbols.txt").Split('\n').Index()
                .Where(l => l.Item.Length > 0 && l.Item.Split(';').ElementAtOrDefault(1) is null or "")
                .Select(l => new Violation("BannedSymbols.txt", l.Index + 1, "names no replacement"))));

    [Fact]
    public void TextsOfForeignJson_AreTakenByTheOneReaderThatNeverThrows() => Rule.Holds(
        "src bans JsonElement.GetString, which throws at half of a surrogate pair.",
        new[]
        {
            (Path: "src/BannedSymbols.Json.txt", Text: "M:System.Text.Json.JsonElement.GetString;"),
            (Path: "src/Directory.Build.props", Text: "BannedSymbols.Json.txt"),
        }
        .Where(row => !tree.Read(row.Path).Contains(row.Text, StringComparison.Ordinal))
        .Select(row => new Violation(row.Path, 1, $"{row.Text} is missing")));

    [Fact]
    public void BannedSymbols_HoldInEveryProject() => Rule.Holds(
        "Directory.Build.props brings the ban to every project, and no project lifts it.",
        tree.Paths.Where(p => Path.GetExtension(p) is ".csproj" or ".props")
            .Where(p => tree.Read(p).Contains("RS0030", StringComparison.Ordinal))
            .Select(p => new Violation(p, 1, "lifts the ban (RS0030)"))
            .Concat(tree.Paths
                .Where(p => p.EndsWith("/Directory.Build.props", StringComparison.Ordinal)
                    && !p.Contains("/content/", StringComparison.Ordinal)
                    && !tree.Read(p).Contains("<Import Project=\"../Directory.Build.props\"", StringComparison.Ordinal))
                .Select(p => new Violation(p, 1, "does not import the root's"))));
}
