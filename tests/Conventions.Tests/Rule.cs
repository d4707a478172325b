namespace Smcp.Conventions;

/// <summary>Asserts that a rule holds but for its rows of exceptions.</summary>
internal static class Rule
{
    public static void Holds(string rule, IEnumerable<Violation> found, params IReadOnlyList<Allowed> allowed)
    {
        var all = found.ToList();
        var broken = all.Where(v => !allowed.Any(a => a.Covers(v))).Select(v => v.ToString());
        var stale = allowed
            .Where(a => !all.Any(a.Covers))
            .Select(a => $"{a.Path}: the exception '{a.What}' excuses nothing any more; remove its row");
        var lines = broken.Concat(stale).Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{rule}\n  {string.Join("\n  ", lines)}");
    }
}
