using System.Text.Json;
using Smcp.Storage;
using Smcp.TestSupport;
using Smcp.Wire;

namespace Smcp.Providers;

/// <summary>What Orleans asks of a reminder table, and what was imported.</summary>
public sealed class StoredReminderTableTests
{
    private static readonly DateTimeOffset Due = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly InMemoryGrainStorage _storage = new();
    private readonly IReminderTable _table;

    public StoredReminderTableTests() => _table = new StoredReminderTable(_storage, TimeProvider.System);

    [Fact]
    public async Task Reminder_IsReadAsItWasSet_AndReplacedBySettingItAgain()
    {
        var grain = GrainOf(1);
        var first = await _table.UpsertRow(NewEntry(grain, 1));
        var second = await _table.UpsertRow(NewEntry(grain, 2));

        var read = Assert.Single((await _table.ReadRows(grain)).Reminders);

        Assert.NotEqual(first, second);
        Assert.Equal((second, TimeSpan.FromMinutes(2)), (read.ETag, read.Period));
        Assert.Equal(Due.UtcDateTime, read.StartAt);
        Assert.Null(await _table.ReadRow(grain, "another"));
    }

    [Fact]
    public async Task Remove_NeedsTheTag()
    {
        var tag = await _table.UpsertRow(NewEntry(GrainOf(1), 1));

        Assert.False(await _table.RemoveRow(GrainOf(1), "sweep", tag + "0"));
        Assert.True(await _table.RemoveRow(GrainOf(1), "sweep", tag!));
        Assert.False(await _table.RemoveRow(GrainOf(1), "sweep", tag!));
    }

    [Fact]
    public async Task Ranges_TakeEachReminderOnce_HoweverTheRingIsCut()
    {
        for (var number = 0; number < 200; number++)
        {
            await _table.UpsertRow(NewEntry(GrainOf(number), 1));
        }

        foreach (var cuts in (uint[][])[[5], [0, 0x80000000], [1, 0x00FFFFFF, 0x01000000, 0xF0000000]])
        {
            var found = new List<ReminderEntry>();
            for (var at = 0; at < cuts.Length; at++)
            {
                found.AddRange((await _table.ReadRows(cuts[at], cuts[(at + 1) % cuts.Length])).Reminders);
            }

            Assert.Equal(200, found.Count);
            Assert.Equal(200, found.Select(entry => entry.GrainId).Distinct().Count());
        }
    }

    [Fact]
    public async Task Imported_IsTakenIn_AndNothingThatWasSetSince()
    {
        await _table.UpsertRow(NewEntry(GrainOf(1), 9));
        for (var chunk = 0; chunk < 3; chunk++)
        {
            var import = new ReminderImport
            {
                Reminders = [new ImportedReminder("tenant", $"t{chunk}", "sweep", Due, TimeSpan.FromMinutes(1))],
            };
            await _storage.WriteAsync(
                ReminderImport.AddressOf(chunk),
                JsonSerializer.SerializeToUtf8Bytes(import, WireJson.Options),
                0,
                default);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            new StoredReminderTable(_storage, TimeProvider.System).StartAsync(default)));

        var all = (await _table.ReadRows(7, 7)).Reminders.ToDictionary(entry => entry.GrainId, entry => entry.Period);
        Assert.Equal(3, all.Count);
        Assert.Equal(TimeSpan.FromMinutes(9), all[GrainOf(1)]);
        Assert.Equal(TimeSpan.FromMinutes(1), all[GrainOf(2)]);
        Assert.DoesNotContain(_storage.States.Keys, address => address.GrainType == "reminder-import");
    }

    private static GrainId GrainOf(int number) => GrainId.Create("tenant", $"t{number}");

    private static ReminderEntry NewEntry(GrainId grain, int minutes) => new()
    {
        GrainId = grain,
        ReminderName = "sweep",
        StartAt = Due.UtcDateTime,
        Period = TimeSpan.FromMinutes(minutes),
    };
}
