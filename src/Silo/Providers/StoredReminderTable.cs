using System.Globalization;
using System.Text.Json;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Providers;

/// <summary>
/// Reminders in the nodes' own rows, a row for each of 256 parts of the ring of hashes by which Orleans shares them out
/// among silos. What was imported from another store is taken in at the start.
/// </summary>
internal sealed class StoredReminderTable(
    [FromKeyedServices(RawStorage.Nodes)] IGrainStorage storage, TimeProvider time) : IReminderTable
{
    private const int Parts = 256;
    private const int ReadsMax = 16;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var chunks = new Stack<StateAddress>();
        while (await storage.ReadAsync(ReminderImport.AddressOf(chunks.Count), cancellationToken) is not null)
        {
            chunks.Push(ReminderImport.AddressOf(chunks.Count));
        }

        // From the last to the first: what a crash leaves has no gap, and is found by the next start.
        foreach (var address in chunks)
        {
            await TakeAsync(address, cancellationToken);
        }
    }

    async Task<ReminderTableData> IReminderTable.ReadRows(GrainId grainId) =>
        new ReminderTableData(await OfAsync(grainId));

    async Task<ReminderTableData> IReminderTable.ReadRows(uint begin, uint end)
    {
        var found = new List<ReminderEntry>[Parts];
        var reads = new ParallelOptions { MaxDegreeOfParallelism = ReadsMax };
        await Parallel.ForAsync(0, Parts, reads, async (at, token) =>
        {
            found[at] = !MayHold(at, begin, end)
                ? []
                :
                [
                    .. (await Part(at).ReadAsync(token)).Reminders
                        .Select(reminder => reminder.ToEntry())
                        .Where(entry => IsWithin(entry.GrainId.GetUniformHashCode(), begin, end)),
                ];
        });
        return new ReminderTableData(found.SelectMany(entries => entries));
    }

    async Task<ReminderEntry?> IReminderTable.ReadRow(GrainId grainId, string reminderName) =>
        (await OfAsync(grainId)).FirstOrDefault(entry => entry.ReminderName == reminderName);

    async Task<string?> IReminderTable.UpsertRow(ReminderEntry entry) =>
        await PutAsync(entry.GrainId, entry.ReminderName, Member.Utc(entry.StartAt), entry.Period, replaces: true);

    Task<bool> IReminderTable.RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        PartOf(grainId).ChangeAsync(part =>
        {
            var grain = grainId.ToString();
            var kept = part.Reminders.Where(reminder => reminder.Grain != grain || reminder.Name != reminderName
                || reminder.Tag.ToString(CultureInfo.InvariantCulture) != eTag).ToArray();
            return kept.Length < part.Reminders.Count
                ? (part with { Reminders = kept }, true)
                : ((ReminderPart?)null, false);
        });

    async Task IReminderTable.TestOnlyClearTable()
    {
        for (var at = 0; at < Parts; at++)
        {
            await Part(at).ClearAsync();
        }
    }

    private async Task<IEnumerable<ReminderEntry>> OfAsync(GrainId grainId)
    {
        var (part, grain) = (await PartOf(grainId).ReadAsync(), grainId.ToString());
        return part.Reminders.Where(reminder => reminder.Grain == grain).Select(reminder => reminder.ToEntry());
    }

    /// <summary>The part of the ring that ends at <paramref name="end"/>; from a number to itself, all of it.</summary>
    private static bool IsWithin(uint hash, uint begin, uint end) =>
        begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    /// <summary>Whether a part can hold hashes of a range.</summary>
    private static bool MayHold(int part, uint begin, uint end)
    {
        var (first, last) = ((uint)part << 24, ((uint)part << 24) | 0xFFFFFF);
        return begin < end ? last > begin && first <= end : last > begin || first <= end;
    }

    private NodeDocument<ReminderPart> PartOf(GrainId grain) => Part((int)(grain.GetUniformHashCode() >> 24));

    private NodeDocument<ReminderPart> Part(int at) => new(
        storage, new StateAddress("reminders", at.ToString("x2", CultureInfo.InvariantCulture), "part"), time);

    private async Task TakeAsync(StateAddress address, CancellationToken cancellationToken)
    {
        if (await storage.ReadAsync(address, cancellationToken) is not { } stored)
        {
            return;
        }

        var import = JsonSerializer.Deserialize<ReminderImport>(stored.Payload.Span, WireJson.Options);
        foreach (var reminder in import?.Reminders ?? [])
        {
            // One that its grain set again since, or that another silo took in, stays as it is.
            await PutAsync(
                GrainId.Create(reminder.GrainType, reminder.GrainKey),
                reminder.Name,
                reminder.DueAt.UtcDateTime,
                reminder.Period,
                replaces: false);
        }

        try
        {
            await storage.ClearAsync(address, stored.Version, cancellationToken);
        }
        catch (StateConflictException)
        {
            // Another silo, which starts too, was faster.
        }
    }

    private Task<string?> PutAsync(GrainId grainId, string name, DateTime startAt, TimeSpan period, bool replaces) =>
        PartOf(grainId).ChangeAsync(part =>
        {
            var grain = grainId.ToString();
            if (!replaces && part.Reminders.Any(reminder => reminder.Grain == grain && reminder.Name == name))
            {
                return (null, null);
            }

            var set = new StoredReminder
            {
                Grain = grain,
                Name = name,
                StartAt = startAt,
                Period = period,
                Tag = part.LastTag + 1,
            };
            return (
                new ReminderPart
                {
                    LastTag = set.Tag,
                    Reminders =
                    [
                        .. part.Reminders.Where(reminder => reminder.Grain != grain || reminder.Name != name), set,
                    ],
                },
                (string?)set.Tag.ToString(CultureInfo.InvariantCulture));
        });
}
