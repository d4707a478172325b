using Microsoft.Extensions.DependencyInjection;
using Smcp.Sessions;
using Smcp.Storage;

namespace Smcp.Engine;

/// <summary>What is of Orleans and not of the engine contract: a shell forwards, whichever silo it is on.</summary>
public sealed class ShellActivationTests(ImpatientSilos silos) : IClassFixture<ImpatientSilos>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Activation_HasItsStateAndIsToldOfItsEnd()
    {
        var probe = Locate(silos.Client, Key());
        await probe.WriteAsync("kept", default);
        var first = await probe.ReportAsync(default);

        await probe.EndAsync(default);
        var second = await probe.ReportAsync(default);

        Assert.Equal(["activated with ''"], first.Told);
        Assert.NotEqual(first.Activation, second.Activation);
        Assert.Equal(["activated with 'kept'", "Idle"], second.Told);
    }

    [Fact]
    public async Task Activations_AreOnBothSilos_AndReachableFromEach()
    {
        var places = new HashSet<string>();
        for (var number = 0; number < 64 && places.Count < 2; number++)
        {
            var key = Key();
            var fromOne = await Locate(silos.Silo(0), key).ReportAsync(default);
            var fromOther = await Locate(silos.Silo(1), key).ReportAsync(default);
            Assert.Equal(fromOne.Activation, fromOther.Activation);
            places.Add(fromOne.Silo);
        }

        Assert.Equal(2, places.Count);
    }

    [Fact]
    public async Task StaleActivation_LosesItsWriteAndNoOther()
    {
        var key = Key();
        var probe = Locate(silos.Client, key);
        await probe.WriteAsync("first", default);
        var before = await probe.ReportAsync(default);
        await silos.NewStorage().WriteAsync(
            new StateAddress("probe", key, "probe"), "{\"note\":\"other\"}"u8.ToArray(), 1, default);

        var write = probe.WriteAsync("second", default);
        var waiting = Enumerable.Range(0, 10).Select(_ => probe.ReportAsync(default)).ToArray();
        await Assert.ThrowsAsync<StateConflictException>(() => write);
        await Task.WhenAll(waiting);

        var after = await probe.ReportAsync(default);
        Assert.NotEqual(before.Activation, after.Activation);
        Assert.Equal("other", after.Note);
    }

    [Fact]
    public async Task InterleavingMethod_Runs_WhileAnotherBlocks()
    {
        var probe = Locate(silos.Client, Key());
        var blocked = probe.BlockAsync(default);
        var waiting = probe.ReportAsync(default);

        await probe.ReleaseAsync(default).AsTask().WaitAsync(Patience);

        await Task.WhenAll(blocked, waiting).WaitAsync(Patience);
    }

    [Fact]
    public async Task Call_TimesOutAndItsTokenIsCancelled_WhenItBlocks()
    {
        var probe = Locate(silos.Client, Key());

        var failure = await FailureAsync(() => probe.BlockAsync(default));

        Assert.Equal(EngineFailure.TimedOut, failure);
        Assert.Contains("cancelled", (await probe.ReportAsync(default)).Told);
    }

    [Fact]
    public async Task Call_IsCancelled_WhenItsCallerCancels()
    {
        var probe = Locate(silos.Client, Key());
        await probe.ReportAsync(default);
        using var cancel = new CancellationTokenSource();
        var blocked = FailureAsync(() => probe.BlockAsync(cancel.Token));
        await probe.BlockedAsync(default);

        await cancel.CancelAsync();

        Assert.Equal(EngineFailure.Cancelled, await blocked.WaitAsync(Patience));
        Assert.Contains("cancelled", (await probe.ReportAsync(default)).Told);
    }

    [Fact]
    public async Task Call_IsUnavailable_WhenActivationFails() => Assert.Equal(
        EngineFailure.Unavailable,
        await FailureAsync(() => Locate(silos.Client, $"broken-{Key()}").ReportAsync(default)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task TimerAndBell_ReachASubscriber_OnAnySilo(int subscriber)
    {
        var key = Key();
        var rung = new TaskCompletionSource<Bell>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var subscription = await silos.Silo(subscriber).GetRequiredService<IStreamHub>()
            .SubscribeAsync<Bell>($"timer/{key}", bell => RungAsync(rung, bell));

        await Locate(silos.Client, key).SetTimerAsync("tick", default);

        Assert.Equal(new Bell("tick", 1, 2), await rung.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Bell_ReachesAClient()
    {
        var stream = Key();
        var rung = new TaskCompletionSource<Bell>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var subscription = await silos.Client.GetRequiredService<IStreamHub>()
            .SubscribeAsync<Bell>(stream, bell => RungAsync(rung, bell));

        await Locate(silos.Silo(0), Key()).PublishAsync(stream, "ding", default);

        Assert.Equal(new Bell("ding", 1, 2), await rung.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Reminder_ReachesTheGrain()
    {
        var key = Key();
        var reminded = silos.Client.GetRequiredService<IGrainFactory>()
            .GetGrain<Orleans.IRemindable>(GrainId.Create("probe", key));

        await reminded.ReceiveReminder("sweep", default);

        Assert.Contains("reminded of sweep", (await Locate(silos.Client, key).ReportAsync(default)).Told);
    }

    [Fact]
    public async Task ResponseStream_ComesInOrder()
    {
        var methods = new List<string?>();
        await foreach (var frame in Locate(silos.Client, Key()).CountAsync(100, default))
        {
            methods.Add(frame.Method);
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(index => $"{index}"), methods);
    }

    private static string Key() => Guid.NewGuid().ToString("N");

    private static IProbeGrain Locate(IServiceProvider node, string key) =>
        node.GetRequiredService<IGrainLocator>().Locate<IProbeGrain>(key);

    private static ValueTask RungAsync(TaskCompletionSource<Bell> rung, Bell bell)
    {
        rung.TrySetResult(bell);
        return ValueTask.CompletedTask;
    }

    private async Task<EngineFailure> FailureAsync(Func<Task> call)
    {
        var exception = await Record.ExceptionAsync(call);
        Assert.NotNull(exception);
        return silos.Client.GetRequiredService<IEngineFailures>().Classify(exception);
    }
}
