using System.Text.Json;

namespace Smcp.EndToEnd.Conformance;

/// <summary>One check of the suite, as it stands in a scenario's checks.json.</summary>
internal sealed record ConformanceCheck(string Scenario, string Id, string Status, string? Error)
{
    private static readonly string[] Bad = ["FAILURE", "WARNING"];

    public bool IsBad => Bad.Contains(Status);

    /// <summary>Every check of a run, from the folder that it wrote: server-scenario-date/checks.json.</summary>
    public static IReadOnlyList<ConformanceCheck> ReadAll(string folder) =>
        [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).SelectMany(ReadScenario)];

    public override string ToString() => $"{Status} {Scenario}: {Id}: {Error}";

    private static IEnumerable<ConformanceCheck> ReadScenario(string folder)
    {
        var scenario = Path.GetFileName(folder);
        using var checks = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "checks.json")));
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
