using System.Runtime.CompilerServices;

namespace Smcp.Engine;

/// <summary>What the embedded engine promises beyond the contract.</summary>
public sealed class EmbeddedEngineTests
{
    [Fact]
    public async Task Call_IsRefusedAsUnavailable_WhenTheMailboxIsFull()
    {
        await using var engine = new EmbeddedFixture(options => options.MailboxLengthMax = 2);
        var grain = engine.NewGrain(out var key);
        var held = grain.HoldAsync(key, default);
        Task[] waiting = [grain.ActivationAsync(default), grain.ActivationAsync(default)];

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => grain.ActivationAsync(default));

        Assert.Equal(EngineFailure.Unavailable, engine.Failures.Classify(exception));
        engine.Witness.OpenGate(key);
        await engine.SoonAsync(Task.WhenAll([held, .. waiting]), "the calls that were let in");
    }

    [Fact]
    public async Task Stop_LetsRunningCallsEndAndRefusesNewOnes_WhenCallsRun()
    {
        await using var engine = new EmbeddedFixture();
        await engine.Hosted().StartAsync(default);
        engine.NewGrain(out var other);
        var grain = engine.NewGrain(out var key);
        var held = grain.HoldAsync(key, default);
        await engine.SoonAsync(engine.Witness.WhenSeenAsync($"entered {key}"), "the call");

        var stopped = engine.Hosted().StopAsync(default);
        var exception = await Assert.ThrowsAnyAsync<Exception>(
            () => engine.Grains.Locate<IContractGrain>(other).ActivationAsync(default));
        Assert.Equal(EngineFailure.Unavailable, engine.Failures.Classify(exception));
        Assert.False(stopped.IsCompleted);

        engine.Witness.OpenGate(key);
        await engine.SoonAsync(held, "the running call");
        await engine.SoonAsync(stopped, "the stop");
        Assert.Equal(1, engine.Witness.TimesSeen($"deactivating {key} {DeactivationCause.Stopping}"));
        Assert.Equal(0, engine.Activations);
    }

    [Fact]
    public async Task Stop_GivesUpWaiting_WhenACallDoesNotEnd()
    {
        await using var engine = new EmbeddedFixture();
        await engine.Hosted().StartAsync(default);
        var held = engine.NewGrain(out var key).HoldAsync(key, default);
        await engine.SoonAsync(engine.Witness.WhenSeenAsync($"entered {key}"), "the call");

        await engine.UntilAsync(engine.Hosted().StopAsync(default), "the end of the drain time");

        engine.Witness.OpenGate(key);
        await engine.SoonAsync(held, "the call that outlived the stop");
    }

    [Fact]
    public async Task Memory_HoldsNothingOfAGrain_WhenItWasCollected()
    {
        await using var engine = new EmbeddedFixture();
        var activations = await CallManyAsync(engine, 100);
        Assert.Equal(100, engine.Activations);

        await engine.UntilAsync(
            Task.WhenAll(Enumerable.Range(0, 100).Select(
                i => engine.Witness.WhenSeenAsync($"deactivating many{i} {DeactivationCause.Idle}"))),
            "the end of a hundred idle activations");

        Assert.Equal(0, engine.Activations);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(activations, activation => Assert.False(activation.TryGetTarget(out _)));
    }

    [Fact]
    public async Task Call_SeesNoSynchronizationContext_WhenTheCallerHasOne()
    {
        await using var engine = new EmbeddedFixture();
        var grain = engine.NewGrain();
        var before = SynchronizationContext.Current;
        try
        {
            var own = new SynchronizationContext();
            SynchronizationContext.SetSynchronizationContext(own);

            var overlaps = grain.CountOverlapsAsync(4, default);

            Assert.Same(own, SynchronizationContext.Current);
            SynchronizationContext.SetSynchronizationContext(before);
            Assert.Equal(0, await overlaps);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Fact]
    public async Task Call_DoesNotOverflowTheStack_WhenManyGrainsCallOnward()
    {
        await using var engine = new EmbeddedFixture();
        const int Hops = 20_000;

        var call = engine.Grains.Locate<IRelayGrain>("first").RelayAsync(Hops, default).AsTask();

        await engine.SoonAsync(call, "a chain of calls");
        Assert.Equal(Hops, await call);
    }

    [Fact]
    public async Task Locate_Fails_WhenNoGrainIsRegistered()
    {
        await using var engine = new EmbeddedFixture();

        Assert.Throws<InvalidOperationException>(() => engine.Grains.Locate<IDisposable>("x"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference<object>[]> CallManyAsync(EmbeddedFixture engine, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await engine.Grains.Locate<IContractGrain>($"many{i}").ActivationAsync(default);
        }

        return [.. engine.Engine.DirectoryOf(typeof(IContractGrain)).Activations
            .Select(activation => new WeakReference<object>(activation.Grain))];
    }
}
