using Smcp.Engine;

namespace Smcp.Reminders;

public sealed class ReminderServiceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Grain_IsCalledEachPeriodThoughItLeftMemory_WhenItsReminderIsDue()
    {
        await using var engine = new EmbeddedFixture();
        await engine.Hosted().StartAsync(default);
        var grain = engine.NewGrain(out var key);

        await grain.RemindAsync("wake", 5 * Minute, 2 * Minute, default);
        await engine.UntilAsync(
            engine.Witness.WhenSeenAsync($"deactivating {key} Idle"), "the end of the idle activation");

        await engine.UntilAsync(engine.Witness.WhenSeenAsync($"reminded {key} wake", 3), "three reminders");
        Assert.InRange(engine.Witness.TimesSeen($"activating {key}"), 2, 4);
    }

    [Fact]
    public async Task MissedReminder_IsNotMadeUpFor_WhenTheEngineWasDown()
    {
        await using var engine = new EmbeddedFixture();
        var now = engine.Clock.GetUtcNow();
        var address = new ReminderAddress("contract", "missed", "wake");
        await engine.Reminders.SetAsync(new Reminder(address, now - (3.5 * Minute), 2 * Minute), default);

        await engine.Hosted().StartAsync(default);

        Assert.Equal(now + (0.5 * Minute), await engine.Reminders.NextDueAsync(default));
        Assert.Equal(0, engine.Witness.TimesSeen("reminded missed wake"));
        await engine.UntilAsync(engine.Witness.WhenSeenAsync("reminded missed wake"), "the next reminder");
    }

    [Fact]
    public async Task Reminder_IsGone_WhenItWasRemoved()
    {
        await using var engine = new EmbeddedFixture();
        await engine.Engine.Reminders.SetAsync(
            new Reminder(new ReminderAddress("contract", "x", "wake"), engine.Clock.GetUtcNow() + Minute, Minute));

        await engine.Engine.Reminders.RemoveAsync(new ReminderAddress("contract", "x", "wake"));

        Assert.Null(await engine.Reminders.NextDueAsync(default));
    }
}
