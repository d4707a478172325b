namespace Smcp.Storage;

/// <summary>What writers were told is durable, and whether a store still has it.</summary>
internal sealed class Acknowledgements
{
    private readonly Dictionary<int, long> _versions = [];
    private readonly Dictionary<int, long> _lasts = [];
    private readonly Dictionary<int, long> _trims = [];

    public int Count { get; private set; }

    /// <summary>Takes in a line of <see cref="WriterRun"/>.</summary>
    public void Add(string line)
    {
        var parts = line.Split(' ');
        var numbers = parts[0] switch
        {
            "s" => _versions,
            "l" => _lasts,
            "t" => _trims,
            _ => throw new FormatException(line),
        };
        numbers[int.Parse(parts[1])] = long.Parse(parts[2]);
        Count++;
    }

    /// <summary>What is missing or other than it was written. Empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> FindLossesAsync(SqliteStore store)
    {
        var losses = new List<string>();
        foreach (var (writer, version) in _versions)
        {
            await CheckStateAsync(new SqliteGrainStorage(store), writer, version, losses);
        }

        foreach (var (writer, last) in _lasts)
        {
            await CheckLogAsync(new SqliteLogStorage(store), writer, last, losses);
        }

        return losses;
    }

    private static async Task CheckStateAsync(
        SqliteGrainStorage grains, int writer, long version, List<string> losses)
    {
        var stored = await grains.ReadAsync(WriterContent.Address(writer), CancellationToken.None);
        if (stored is null || stored.Version < version)
        {
            losses.Add($"state of writer {writer}: version {version} was acknowledged, {stored?.Version} is there");
        }
        else if (!stored.Payload.Span.SequenceEqual(WriterContent.State(writer, stored.Version)))
        {
            losses.Add($"state of writer {writer}: version {stored.Version} has another content");
        }
    }

    private async Task CheckLogAsync(SqliteLogStorage logs, int writer, long last, List<string> losses)
    {
        var log = WriterContent.Log(writer);
        var extent = await logs.ExtentAsync(log, CancellationToken.None);
        if (extent.Last < last)
        {
            losses.Add($"log of writer {writer}: {last} was acknowledged, {extent.Last} is the last");
        }

        if (_trims.TryGetValue(writer, out var through) && extent.First <= through)
        {
            losses.Add($"log of writer {writer}: the trim through {through} was acknowledged, {extent.First} is there");
        }

        var next = extent.First;
        while (await logs.ReadAsync(log, next - 1, 100, CancellationToken.None) is { Count: > 0 } page)
        {
            foreach (var record in page)
            {
                if (record.Sequence != next++
                    || !record.Payload.Span.SequenceEqual(WriterContent.Record(writer, record.Sequence)))
                {
                    losses.Add($"log of writer {writer}: record {next - 1} is missing or has another content");
                }
            }
        }

        if (next != extent.Last + 1)
        {
            losses.Add($"log of writer {writer}: it ends at {next - 1}, not at {extent.Last}");
        }
    }
}
