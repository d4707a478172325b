namespace Smcp.Usage;

/// <summary>Makes sums of rows. No clock, no storage.</summary>
internal static class UsageSums
{
    private const int RowsMax = 1_000;

    public static UsagePage Of(IEnumerable<UsageEntry> rows, UsageQuery query)
    {
        var sums = new SortedDictionary<string, UsageRow>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => IsMeant(row, query)))
        {
            var sum = SumOf(row, query);
            var key = KeyOf(sum);
            if (string.CompareOrdinal(key, query.After) > 0)
            {
                sums[key] = sums.TryGetValue(key, out var known)
                    ? known with { Totals = known.Totals + row.Totals }
                    : sum with { Totals = row.Totals };
            }
        }

        var page = sums.Take(Math.Clamp(query.RowsMax, 1, RowsMax)).ToList();
        return new UsagePage
        {
            Rows = [.. page.Select(pair => pair.Value)],
            Next = page.Count < sums.Count ? page[^1].Key : null,
        };
    }

    private static bool IsMeant(UsageEntry row, UsageQuery query) =>
        row.Start >= query.From && row.Start < query.To && (query.Server is null || query.Server == row.Server);

    private static UsageRow SumOf(UsageEntry row, UsageQuery query) => new()
    {
        Period = query.Period,
        Start = query.Period switch
        {
            UsagePeriod.Hour => row.Start,
            UsagePeriod.Day => new DateTimeOffset(row.Start.UtcDateTime.Date, TimeSpan.Zero),
            _ => null,
        },
        Server = query.ByServer ? row.Server : null,
        Method = query.ByTool ? row.Method : null,
        Tool = query.ByTool ? row.Tool : null,
        Principal = query.ByPrincipal ? row.Principal : null,
    };

    private static string KeyOf(UsageRow row) =>
        $"{row.Start?.UtcDateTime:yyyyMMddHH}|{row.Server}|{row.Method}|{row.Tool}|{row.Principal}";
}
