using System.Buffers.Text;
using System.Text;
using ModelContextProtocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// The order and the pages of a list: what the class declares, as declared, then what was added, by name. A cursor
/// names the last item of the page
/// before, so that a list which changes between pages repeats nothing.
/// </summary>
internal sealed class ListPages<T>(IEnumerable<T> declared, Func<T, string> name)
    where T : notnull
{
    private readonly Dictionary<string, int> _ranks = declared
        .Select((item, rank) => (Name: name(item), Rank: rank))
        .ToDictionary(pair => pair.Name, pair => pair.Rank, StringComparer.Ordinal);

    /// <summary>One page, and the cursor of the next.</summary>
    /// <exception cref="McpProtocolException">The cursor is not one of ours, or its item is gone.</exception>
    public (IReadOnlyList<T> Items, string? Next) Page(IEnumerable<T> items, string? cursor, int itemsMax)
    {
        var sorted = items
            .OrderBy(item => _ranks.GetValueOrDefault(name(item), int.MaxValue))
            .ThenBy(name, StringComparer.Ordinal)
            .ToList();
        var first = cursor is null ? 0 : After(sorted, cursor);
        var page = sorted.GetRange(first, Math.Min(itemsMax, sorted.Count - first));
        return (page, first + page.Count < sorted.Count ? Encode(name(page[^1])) : null);
    }

    private static string Encode(string name) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name));

    private int After(List<T> sorted, string cursor)
    {
        var last = Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : null;
        var index = sorted.FindIndex(item => name(item) == last);
        return index >= 0
            ? index + 1
            : throw new McpProtocolException("The cursor is not valid.", McpErrorCode.InvalidParams);
    }
}
