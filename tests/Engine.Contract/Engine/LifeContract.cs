using Xunit;

namespace Smcp.Engine;

/// <summary>Activations: state, timers, their end.</summary>
public abstract class LifeContract(EngineFixture engine)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private ContractWitness Witness => engine.Witness;

    [Fact]
    public async Task State_IsLoadedBeforeActivation_WhenTheGrainWakes()
    {
        var grain = engine.NewGrain(out var key);
        Assert.Equal(["0", "False"], (await grain.ReadAsync(default)).Items);
        await grain.WriteAsync(5, default);
        await EndAsync(grain, key);

        var woken = await grain.ReadAsync(default);

        Assert.Equal(["5", "True"], woken.Items);
    }

    [Fact]
    public async Task State_IsTheLastWritten_WhenWritesOverlap()
    {
        var grain = engine.NewGrain(out var key);

        await grain.WriteManyAsync(20, default);
        await EndAsync(grain, key);

        Assert.Equal(20, (await grain.ReadAsync(default)).Value);
    }

    [Fact]
    public async Task State_IsInitial_WhenItWasCleared()
    {
        var grain = engine.NewGrain(out var key);
        await grain.WriteAsync(5, default);

        await grain.ClearAsync(default);
        Assert.Equal(["0", "False"], (await grain.ReadAsync(default)).Items);
        await grain.WriteAsync(6, default);
        await EndAsync(grain, key);

        Assert.Equal(6, (await grain.ReadAsync(default)).Value);
    }

    [Fact]
    public async Task Activation_Ends_WhenAVersionConflictEscapesIt()
    {
        var grain = engine.NewGrain(out var key);
        await grain.WriteAsync(1, default);
        var stale = await grain.ActivationAsync(default);
        await engine.OverwriteAsync(key, new ContractState { Value = 7 });

        await Assert.ThrowsAnyAsync<Exception>(() => grain.WriteAsync(2, default));

        var fresh = await grain.ReadAsync(default);
        Assert.NotEqual(stale, fresh.Text);
        Assert.Equal(7, fresh.Value);
        Assert.Equal(1, Witness.TimesSeen($"deactivating {key} {DeactivationCause.Failed}"));
    }

    [Fact]
    public async Task Call_IsUnavailableAndTheNextTriesAgain_WhenActivationFails()
    {
        var grain = engine.Grains.Locate<IContractGrain>($"broken-once/{Guid.NewGuid():N}");

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => grain.ActivationAsync(default));

        Assert.Equal(EngineFailure.Unavailable, engine.Failures.Classify(exception));
        Assert.NotEmpty(await grain.ActivationAsync(default));
    }

    [Fact]
    public async Task Deactivation_WaitsForRunningCalls_WhenTheGrainAsksForIt()
    {
        var grain = engine.NewGrain(out var key);
        var first = await grain.ActivationAsync(default);
        var held = grain.EndAsync(key, default);
        await engine.SoonAsync(Witness.WhenSeenAsync($"entered {key}"), "the call that asks for the end");

        var later = grain.ActivationAsync(default);
        Assert.Equal(0, Witness.TimesSeen($"deactivating {key} {DeactivationCause.Idle}"));
        Assert.False(later.IsCompleted);

        Witness.OpenGate(key);
        await engine.SoonAsync(held, "the running call");
        await engine.SoonAsync(later, "the later call, on a new activation");
        Assert.NotEqual(first, await later);
        Assert.Equal(1, Witness.TimesSeen($"deactivating {key} {DeactivationCause.Idle}"));
    }

    [Fact]
    public async Task Activation_Ends_WhenItIsIdle()
    {
        var grain = engine.NewGrain(out var key);
        var first = await grain.ActivationAsync(default);

        await engine.UntilAsync(
            Witness.WhenSeenAsync($"deactivating {key} {DeactivationCause.Idle}"), "the end of an idle activation");

        Assert.NotEqual(first, await grain.ActivationAsync(default));
    }

    [Fact]
    public async Task Activation_Stays_WhileItDelaysItsEnd()
    {
        var delayed = engine.NewGrain(out var delayedKey);
        var first = await delayed.ActivationAsync(default);
        await delayed.DelayAsync(TimeSpan.FromHours(1), default);
        engine.NewGrain(out var idleKey);
        await engine.Grains.Locate<IContractGrain>(idleKey).ActivationAsync(default);

        // Younger, and collected: by then the delayed one would have been.
        await engine.UntilAsync(
            Witness.WhenSeenAsync($"deactivating {idleKey} {DeactivationCause.Idle}"), "the end of an idle activation");

        Assert.Equal(0, Witness.TimesSeen($"deactivating {delayedKey} {DeactivationCause.Idle}"));
        Assert.Equal(first, await delayed.ActivationAsync(default));
        await delayed.DelayAsync(TimeSpan.Zero, default);
        await engine.UntilAsync(
            Witness.WhenSeenAsync($"deactivating {delayedKey} {DeactivationCause.Idle}"), "the end after the delay");
    }

    [Fact]
    public async Task Timer_TicksEachPeriodUntilDisposed_WhenItIsSet()
    {
        var grain = engine.NewGrain(out var key);
        await grain.StartTimerAsync(key, Second, Second, default);

        await engine.UntilAsync(Witness.WhenSeenAsync(key, 3), "three ticks of a timer");
        await grain.StopTimerAsync(default);
        var ticks = Witness.TimesSeen(key);

        await UntilOthersTickAsync(3);
        Assert.Equal(ticks, Witness.TimesSeen(key));
    }

    [Fact]
    public async Task TimerTick_WaitsForTheRunningCall_WhenItIsDue()
    {
        var grain = engine.NewGrain(out var key);
        await grain.StartTimerAsync($"tick {key}", Second, Timeout.InfiniteTimeSpan, default);
        var held = grain.HoldAsync(key, default);
        await engine.SoonAsync(Witness.WhenSeenAsync($"entered {key}"), "the call");

        await UntilOthersTickAsync(2);
        await grain.PeekAsync(default);
        Assert.Equal(0, Witness.TimesSeen($"tick {key}"));

        Witness.OpenGate(key);
        await engine.SoonAsync(held, "the call's end");
        await engine.UntilAsync(Witness.WhenSeenAsync($"tick {key}"), "the tick after the call");
    }

    [Fact]
    public async Task Timer_DoesNotKeepTheActivation_WhenItTicks()
    {
        var grain = engine.NewGrain(out var key);
        await grain.StartTimerAsync(key, Second, Second, default);
        var ended = Witness.WhenSeenAsync($"deactivating {key} {DeactivationCause.Idle}");

        await engine.UntilAsync(ended, "the end of an activation whose timer ticks");

        Assert.InRange(Witness.TimesSeen(key), 1, int.MaxValue);
        var ticks = Witness.TimesSeen(key);
        await UntilOthersTickAsync(2);
        Assert.Equal(ticks, Witness.TimesSeen(key));
    }

    [Theory]
    [InlineData(59, 60)]
    [InlineData(60, 59)]
    public async Task Reminder_IsRefused_WhenItIsUnderAMinute(int dueSeconds, int periodSeconds)
    {
        var grain = engine.NewGrain();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => grain.RemindAsync(
            "soon", TimeSpan.FromSeconds(dueSeconds), TimeSpan.FromSeconds(periodSeconds), default));
    }

    private async Task EndAsync(IContractGrain grain, string key)
    {
        var ended = Witness.WhenSeenAsync($"deactivating {key} {DeactivationCause.Idle}");
        await grain.EndAsync(null, default);
        await engine.SoonAsync(ended, "the end that the grain asked for");
    }

    private async Task UntilOthersTickAsync(int ticks)
    {
        var other = engine.NewGrain(out var key);
        await other.StartTimerAsync(key, Second, Second, default);
        await engine.UntilAsync(Witness.WhenSeenAsync(key, ticks), "ticks of another grain's timer");
    }
}
