using System.Text.Json;

namespace Smcp.EndToEnd.Conformance;

/// <summary>One check of the suite, as it stands in a scenario's checks.json.</summary>
internal sealed record ConformanceCheck(string Scenario, string Id, string Status, string? Error)
{
    private static readonly string[] Bad = ["FAILURE", "WARNING"];

    public bool IsBad => Bad.Contains(Status);

    /// <summary>Every check of a run, from the folder that it wrote: scenario-date/checks.json, or deeper.</summary>
    public static IReadOnlyList<ConformanceCheck> ReadAll(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "checks.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).SelectMany(file => ReadScenario(folder, file)),
    ];

    public override string ToString() => $"{Status} {Scenario}: {Id}: {Error}";

    private static IEnumerable<ConformanceCheck> ReadScenario(string folder, string file)
    {
        var scenario = Path.GetRelativePath(folder, Path.GetDirectoryName(file)!);
        using var checks = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var check in checks.RootElement.EnumerateArray())
        {
            yield return new ConformanceCheck(
                scenario,
                check.GetProperty("id").GetString()!,
                check.GetProperty("status").GetString()!,
                check.TryGetProperty("errorMessage", out var error) ? error.GetString() : null);
        }
    }
}
