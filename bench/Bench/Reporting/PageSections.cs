namespace Smcp.Bench.Reporting;

/// <summary>A page as its sections, by their titles.</summary>
internal static class PageSections
{
    private const string Begin = "\n## ";

    /// <summary>A page with the sections of another, in the place of those of the same title or at its end.</summary>
    public static string Merge(string page, string measured)
    {
        var (head, sections) = Split(page);
        foreach (var group in Split(measured).Sections.GroupBy(TitleOf))
        {
            var at = sections.FindIndex(section => TitleOf(section) == group.Key);
            sections.RemoveAll(section => TitleOf(section) == group.Key);
            sections.InsertRange(at < 0 ? sections.Count : at, group);
        }

        return head + string.Concat(sections.Select(section => Begin + section));
    }

    private static (string Head, List<string> Sections) Split(string page)
    {
        var parts = page.Split(Begin);
        return (parts[0], [.. parts.Skip(1)]);
    }

    private static string TitleOf(string section) => section.Split('\n')[0];
}
