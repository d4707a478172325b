using Smcp.Reminders;

namespace Smcp.Storage;

public sealed class SqliteReminderStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ReminderAddress Address = new("session", "default/a", "expiry");

    private readonly TemporaryStore _store = new();

    private static CancellationToken None => CancellationToken.None;

    private SqliteReminderStore Reminders => _store.Reminders;

    [Fact]
    public async Task NextDue_IsNull_WhenNoneIsSet() => Assert.Null(await Reminders.NextDueAsync(None));

    [Fact]
    public async Task Reminder_IsFound_WhenItIsDue()
    {
        var reminder = new Reminder(Address, Noon, TimeSpan.FromMinutes(5));
        await Reminders.SetAsync(reminder, None);

        Assert.Equal(Noon, await Reminders.NextDueAsync(None));
        Assert.Empty(await Reminders.ReadDueAsync(Noon.AddMilliseconds(-1), 10, None));
        Assert.Equal([reminder], await Reminders.ReadDueAsync(Noon, 10, None));
    }

    [Fact]
    public async Task Reminders_AreListed_OfAPathAndBelowIt()
    {
        foreach (var key in (string[])["acme", "acme/a", "acme/b/c", "acme-2", "acme-2/a", "other"])
        {
            await Reminders.SetAsync(new Reminder(Address with { GrainKey = key }, Noon, TimeSpan.FromHours(1)), None);
        }

        var all = await Reminders.ListBelowAsync("acme", 10, None);

        Assert.Equal(["acme", "acme/a", "acme/b/c"], all.Select(found => found.GrainKey));
        Assert.Equal(2, (await Reminders.ListBelowAsync("acme", 2, None)).Count);
    }

    [Fact]
    public async Task Reminders_AreReadLongestDueFirst_WhenManyAreDue()
    {
        foreach (var minute in (int[])[3, 1, 2])
        {
            await Reminders.SetAsync(At(minute), None);
        }

        var due = await Reminders.ReadDueAsync(Noon.AddHours(1), 2, None);

        Assert.Equal([At(1), At(2)], due);
    }

    [Fact]
    public async Task Reminder_IsReplaced_WhenItIsSetAgain()
    {
        await Reminders.SetAsync(new Reminder(Address, Noon, TimeSpan.FromMinutes(5)), None);
        var again = new Reminder(Address, Noon.AddHours(1), TimeSpan.FromHours(2));

        await Reminders.SetAsync(again, None);

        Assert.Equal([again], await Reminders.ReadDueAsync(Noon.AddDays(1), 10, None));
    }

    [Fact]
    public async Task Reminder_IsGone_WhenItWasRemoved()
    {
        await Reminders.SetAsync(At(1), None);

        await Reminders.RemoveAsync(At(1).Address, None);
        await Reminders.RemoveAsync(Address, None);

        Assert.Null(await Reminders.NextDueAsync(None));
    }

    [Fact]
    public async Task Advance_MovesAReminder_WhenItIsAsItWasFound()
    {
        await Reminders.SetAsync(At(1), None);

        Assert.True(await Reminders.AdvanceAsync(At(1), Noon.AddHours(1), None));

        Assert.Equal(Noon.AddHours(1), await Reminders.NextDueAsync(None));
    }

    [Fact]
    public async Task Advance_IsFalseAndChangesNothing_WhenTheReminderWasSetAnewOrRemoved()
    {
        await Reminders.SetAsync(At(1), None);
        await Reminders.SetAsync(At(1) with { DueAt = Noon.AddDays(1) }, None);

        Assert.False(await Reminders.AdvanceAsync(At(1), Noon.AddHours(1), None));
        Assert.False(await Reminders.AdvanceAsync(At(2), Noon.AddHours(1), None));

        Assert.Equal(Noon.AddDays(1), await Reminders.NextDueAsync(None));
    }

    [Fact]
    public async Task Reminders_AreThere_WhenTheStoreIsReopened()
    {
        await Reminders.SetAsync(At(1), None);

        await _store.ReopenAsync();

        Assert.Equal([At(1)], await Reminders.ReadDueAsync(Noon.AddHours(1), 10, None));
    }

    public void Dispose() => _store.Dispose();

    private static Reminder At(int minute) =>
        new(Address with { GrainKey = $"default/{minute}" }, Noon.AddMinutes(minute), TimeSpan.FromMinutes(5));
}
