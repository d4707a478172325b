using System.Text.RegularExpressions;

namespace Smcp.Conventions.Docs;

/// <summary>What deployment files set is there to be set: a name that nobody reads is taken in silence.</summary>
[Collection(ConventionCollection.Name)]
public sealed partial class DeploymentTests(SourceTree tree)
{
    private const string Page = "docs/configuration.md";

    [Fact]
    public void Setting_StandsInTheConfigurationPage()
    {
        var known = SettingsOf(tree.Read(Page)).ToHashSet(StringComparer.Ordinal);
        Rule.Holds(
            $"Every setting of docker-compose.yml, deploy/ and .github/ stands in {Page}, in its section.",
            from path in tree.Paths
            where path == "docker-compose.yml" || path.StartsWith("deploy/", StringComparison.Ordinal)
                || path.StartsWith(".github/", StringComparison.Ordinal)
            from line in tree.Read(path).Split('\n').Index()
            from Match setting in Variable().Matches(line.Item)
            where !known.Contains(Named(setting.Value))
            select new Violation(path, line.Index + 1, $"{setting.Value} is no setting"));
    }

    /// <summary>The rows of each section whose title is one.</summary>
    private static IEnumerable<string> SettingsOf(string page)
    {
        var section = string.Empty;
        foreach (var line in page.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = Section().Match(line).Groups[1].Value;
            }
            else if (section.Length > 0 && Row().Match(line) is { Success: true } row)
            {
                yield return $"{section}:{row.Groups[1].Value}";
            }
        }
    }

    /// <summary>An environment variable as the setting that it is; an item of a list as its list.</summary>
    private static string Named(string variable) =>
        Item().Replace(variable.Replace("__", ":", StringComparison.Ordinal), string.Empty);

    [GeneratedRegex(@"\bSmcp(?:__\w+?)+\b")]
    private static partial Regex Variable();

    [GeneratedRegex(@":\d+$")]
    private static partial Regex Item();

    [GeneratedRegex(@"^## `([\w:]+)`")]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| `(\w+)`")]
    private static partial Regex Row();
}
