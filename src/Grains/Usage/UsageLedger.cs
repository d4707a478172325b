using Smcp.Storage;

namespace Smcp.Usage;

/// <summary>A tenant's rows, durably. For one activation's scheduler only.</summary>
internal sealed class UsageLedger(LogMap<UsageEntry> map, UsageOptions options)
{
    /// <summary>The name that what is beyond a limit is counted under.</summary>
    public const string Others = "(other)";

    public IEnumerable<UsageEntry> Rows => map.Entries.Values;

    /// <summary>Adds counts to the rows of an hour; durable when this returns.</summary>
    public async Task AddAsync(DateTimeOffset hour, string server, IReadOnlyList<UsageCount> counts)
    {
        var last = Task.CompletedTask;
        foreach (var count in counts)
        {
            var row = RowOf(hour, server, count);
            last = map.PutAsync(row with { Totals = row.Totals + count.Totals });
        }

        await last;
        await ShortenAsync();
    }

    /// <summary>Sums what is old by the day, and drops what is older still.</summary>
    public async Task AgeAsync(DateTimeOffset now, DateTimeOffset foldedBefore)
    {
        foreach (var row in Rows.Where(row => row.Start < now - options.Retention).ToList())
        {
            await map.PutAsync(row with { IsGone = true });
        }

        var old = Rows.Where(row => row.Period == UsagePeriod.Hour && row.Start < foldedBefore)
            .OrderBy(row => row.Start).ToList();
        foreach (var row in old)
        {
            // The day first: a crash between the two leaves an hour that the day says it has.
            if (!IsFolded(row))
            {
                var day = DayOf(row);
                await map.PutAsync(day with { Totals = day.Totals + row.Totals, Through = row.Start });
            }

            await map.PutAsync(row with { IsGone = true });
        }

        await ShortenAsync();
    }

    /// <summary>Whether the row of the day holds this hour already.</summary>
    public bool IsFolded(UsageEntry row) =>
        row.Period == UsagePeriod.Hour
        && map.Entries.TryGetValue(row.OfDay().Key, out var day) && day.Through >= row.Start;

    private UsageEntry DayOf(UsageEntry row)
    {
        var day = row.OfDay();
        return map.Entries.GetValueOrDefault(day.Key, day);
    }

    private UsageEntry RowOf(DateTimeOffset hour, string server, UsageCount count)
    {
        var row = new UsageEntry
        {
            Start = hour,
            Period = UsagePeriod.Hour,
            Server = server,
            Method = count.Method,
            Tool = count.Tool,
            Principal = count.Principal,
        };
        if (map.Entries.TryGetValue(row.Key, out var known))
        {
            return known;
        }

        if (map.Entries.Count < options.RowsMax)
        {
            return row;
        }

        var folded = row with { Method = Others, Tool = Others, Principal = Others };
        return map.Entries.GetValueOrDefault(folded.Key, folded);
    }

    private async Task ShortenAsync()
    {
        if (map.Records > (2L * map.Entries.Count) + options.LogSlack)
        {
            await map.RewriteAsync();
        }
    }
}
