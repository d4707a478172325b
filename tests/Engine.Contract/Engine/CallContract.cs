using System.Diagnostics;
using Xunit;

namespace Smcp.Engine;

/// <summary>Calls: turns, interleaving, time-outs, what crosses and what does not.</summary>
public abstract class CallContract(EngineFixture engine)
{
    private ContractWitness Witness => engine.Witness;

    [Fact]
    public async Task Message_ComesBackEqual_WhenTheGrainReturnsIt()
    {
        var sent = new ContractMessage { Text = "ü", Value = 7, Items = ["a", "b"], Body = new byte[] { 0, 255 } };

        var got = await engine.NewGrain().EchoAsync(sent, default);

        Assert.Equal((sent.Text, sent.Value), (got!.Text, got.Value));
        Assert.Equal(sent.Items, got.Items);
        Assert.Equal(sent.Body.ToArray(), got.Body.ToArray());
        Assert.Null(await engine.NewGrain().EchoAsync(null, default));
    }

    [Fact]
    public async Task Grain_IsOneActivation_WhenCalledByOneKey()
    {
        var grain = engine.NewGrain(out var key);

        var first = await grain.ActivationAsync(default);

        Assert.Equal(first, await engine.Grains.Locate<IContractGrain>(key).ActivationAsync(default));
        Assert.NotEqual(first, await engine.NewGrain().ActivationAsync(default));
    }

    [Fact]
    public async Task Call_WaitsForTheOneBefore_WhenNeitherInterleaves()
    {
        var grain = engine.NewGrain(out var key);
        var held = grain.HoldAsync(key, default);
        await engine.SoonAsync(Witness.WhenSeenAsync($"entered {key}"), "the first call");

        var second = grain.ActivationAsync(default);
        // The peek goes through the same mailbox after it: had the second call been let in, it were seen by now.
        await grain.PeekAsync(default);
        await grain.PeekAsync(default);
        Assert.Equal(0, Witness.TimesSeen($"answering {key}"));

        Witness.OpenGate(key);
        await engine.SoonAsync(held, "the first call's end");
        await engine.SoonAsync(second, "the second call's end");
    }

    [Fact]
    public async Task InterleavingCall_IsNotBlocked_WhenAnotherRuns()
    {
        var grain = engine.NewGrain(out var key);
        var held = grain.HoldAsync(key, default);
        await engine.SoonAsync(Witness.WhenSeenAsync($"entered {key}"), "the exclusive call");

        await engine.SoonAsync(grain.PeekAsync(default).AsTask(), "an interleaving call beside it");

        Assert.False(held.IsCompleted);
        Witness.OpenGate(key);
        await engine.SoonAsync(held, "the exclusive call's end");
    }

    [Fact]
    public async Task InterleavingCall_DoesNotBlock_WhenItRuns()
    {
        var grain = engine.NewGrain(out var key);
        var held = grain.HoldInterleavedAsync(key, default);
        await engine.SoonAsync(Witness.WhenSeenAsync($"entered {key}"), "the interleaving call");

        await engine.SoonAsync(grain.ActivationAsync(default), "an exclusive call beside it");

        Assert.False(held.IsCompleted);
        Witness.OpenGate(key);
        await engine.SoonAsync(held, "the interleaving call's end");
    }

    [Fact]
    public async Task Code_RunsOnOneScheduler_WhenCallsInterleave()
    {
        var grain = engine.NewGrain();

        var calls = Enumerable.Range(0, 20).Select(_ => grain.CountOverlapsAsync(20, default)).ToArray();

        await engine.SoonAsync(Task.WhenAll(calls), "interleaving calls");
        Assert.All(calls, call => Assert.Equal(0, call.Result));
    }

    [Fact]
    public async Task Cycle_TimesOut_WhenItComesBackToABusyGrain()
    {
        engine.NewGrain(out var other);
        var grain = engine.NewGrain();

        var cycle = grain.CycleAsync(other, default);
        await engine.UntilAsync(cycle, "the time-out of a call cycle");

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => cycle);
        Assert.Equal(EngineFailure.TimedOut, engine.Failures.Classify(exception));
    }

    [Fact]
    public async Task Call_TimesOutAndItsTokenIsCancelled_WhenTheGrainDoesNotAnswer()
    {
        var grain = engine.NewGrain(out var key);
        var cancelled = Witness.WhenSeenAsync($"cancelled {key}");

        var held = grain.HoldAsync(key, default);
        await engine.UntilAsync(held, "the time-out of a call");

        var exception = await Assert.ThrowsAnyAsync<TimeoutException>(() => held);
        Assert.Equal(EngineFailure.TimedOut, engine.Failures.Classify(exception));
        await engine.SoonAsync(cancelled, "the cancellation of the call's token");
        await engine.SoonAsync(grain.ActivationAsync(default), "the next call");
    }

    [Fact]
    public async Task Cancel_ReachesTheGrain_WhenTheCallerCancels()
    {
        using var source = new CancellationTokenSource();
        var grain = engine.NewGrain(out var key);
        var held = grain.HoldAsync(key, source.Token);
        await engine.SoonAsync(Witness.WhenSeenAsync($"entered {key}"), "the call");

        await source.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => engine.SoonAsync(held, "the call's end"));
        Assert.Equal(EngineFailure.Cancelled, engine.Failures.Classify(exception));
        await engine.SoonAsync(Witness.WhenSeenAsync($"cancelled {key}"), "the cancellation in the grain");
    }

    [Fact]
    public async Task Fault_KeepsItsTextAndIsNotTheEngines_WhenTheGrainThrows()
    {
        var grain = engine.NewGrain();

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => grain.FailAsync("of my own", default).AsTask());

        Assert.Contains("of my own", exception.Message, StringComparison.Ordinal);
        Assert.Equal(EngineFailure.None, engine.Failures.Classify(exception));
    }

    [Fact]
    public async Task AmbientValue_DoesNotCross_WhenTheCallerHasOne()
    {
        Witness.Ambient = "the caller's";
        var grain = engine.NewGrain();

        Assert.Null(await grain.AmbientAsync(default));
        Assert.Null(await grain.AmbientAsync(default));
        Assert.Equal("the caller's", Witness.Ambient);
    }

    [Fact]
    public async Task Trace_Crosses_WhenTheCallerHasOne()
    {
        var grain = engine.NewGrain();
        using var trace = new Activity("contract").Start();

        Assert.Equal(trace.TraceId.ToHexString(), await grain.TraceAsync(default));
    }
}
