using Xunit;

namespace Smcp.Engine;

/// <summary>Response streams, and bells.</summary>
public abstract class ResponseContract(EngineFixture engine)
{
    private ContractWitness Witness => engine.Witness;

    [Fact]
    public async Task Items_ComeAllAndInOrder_WhenTheyArePulled()
    {
        var grain = engine.NewGrain(out var key);
        var items = new List<int>();

        await foreach (var item in grain.CountAsync(key, 250, isGated: false, default))
        {
            items.Add(item);
        }

        Assert.Equal(Enumerable.Range(0, 250), items);
        await engine.SoonAsync(Witness.WhenSeenAsync($"{key} closed"), "the end of the grain's iterator");
    }

    [Fact]
    public async Task Stream_Interleaves_WhenACallRuns()
    {
        var grain = engine.NewGrain(out var key);
        var held = grain.HoldAsync(key, default);
        await engine.SoonAsync(Witness.WhenSeenAsync($"entered {key}"), "the call");

        var count = 0;
        await foreach (var item in grain.CountAsync(key, 3, isGated: false, default))
        {
            count += item;
        }

        Assert.Equal(3, count);
        Assert.False(held.IsCompleted);
        Witness.OpenGate(key);
        await engine.SoonAsync(held, "the call's end");
    }

    [Fact]
    public async Task Stream_DoesNotBlock_WhenItsPullIsHeld()
    {
        var grain = engine.NewGrain(out var key);
        await using var items = grain.CountAsync(key, 1, isGated: true, default).GetAsyncEnumerator();
        var pull = items.MoveNextAsync();
        await engine.SoonAsync(Witness.WhenSeenAsync($"{key} at 0"), "the pull");

        await engine.SoonAsync(grain.ActivationAsync(default), "a call beside the pull");

        Witness.OpenGate($"{key} 0");
        Assert.True(await pull);
    }

    [Fact]
    public async Task Pull_LivesOn_WhenItIsHeldBeyondTheResponseTimeout()
    {
        var grain = engine.NewGrain(out var key);
        await using var items = grain.CountAsync(key, 1, isGated: true, default).GetAsyncEnumerator();
        var pull = items.MoveNextAsync().AsTask();
        await engine.SoonAsync(Witness.WhenSeenAsync($"{key} at 0"), "the pull");

        // Two calls after another that time out: the pull is older than both.
        await engine.UntilAsync(engine.NewGrain(out var first).HoldAsync(first, default), "the time-out of a call");
        await engine.UntilAsync(engine.NewGrain(out var second).HoldAsync(second, default), "another time-out");

        Witness.OpenGate($"{key} 0");
        Assert.True(await pull);
        Assert.Equal(0, items.Current);
    }

    [Fact]
    public async Task Stream_IsAborted_WhenItsActivationEnds()
    {
        var grain = engine.NewGrain(out var key);
        await using var items = grain.CountAsync(key, 2, isGated: true, default).GetAsyncEnumerator();
        Witness.OpenGate($"{key} 0");
        Assert.True(await items.MoveNextAsync());
        var pull = items.MoveNextAsync().AsTask();
        await engine.SoonAsync(Witness.WhenSeenAsync($"{key} at 1"), "the second pull");

        await grain.EndAsync(null, default);

        await engine.UntilAsync(pull, "the end of the stream");
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => pull);
        Assert.NotEqual(EngineFailure.None, engine.Failures.Classify(exception));
        await engine.SoonAsync(Witness.WhenSeenAsync($"{key} closed"), "the end of the grain's iterator");
    }

    [Fact]
    public async Task Stream_IsAborted_WhenItIsLeftUnpulled()
    {
        var grain = engine.NewGrain(out var key);
        await using var items = grain.CountAsync(key, 1000, isGated: true, default).GetAsyncEnumerator();
        Witness.OpenGate($"{key} 0");
        Assert.True(await items.MoveNextAsync());

        await engine.UntilAsync(Witness.WhenSeenAsync($"{key} closed"), "the end of a stream that nobody pulls");

        await Assert.ThrowsAnyAsync<Exception>(() => items.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task Iterator_Ends_WhenTheReaderCancels()
    {
        using var source = new CancellationTokenSource();
        var grain = engine.NewGrain(out var key);
        await using var items = grain.CountAsync(key, 2, isGated: true, source.Token).GetAsyncEnumerator();
        var pull = items.MoveNextAsync().AsTask();
        await engine.SoonAsync(Witness.WhenSeenAsync($"{key} at 0"), "the pull");

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.SoonAsync(pull, "the pull's end"));
        await engine.SoonAsync(Witness.WhenSeenAsync($"{key} closed"), "the end of the grain's iterator");
    }

    [Fact]
    public async Task Iterator_Ends_WhenTheReaderGoes()
    {
        var grain = engine.NewGrain(out var key);
        Witness.OpenGate($"{key} 0");

        await foreach (var item in grain.CountAsync(key, 2, isGated: true, default))
        {
            Assert.Equal(0, item);
            break;
        }

        await engine.SoonAsync(Witness.WhenSeenAsync($"{key} closed"), "the end of the grain's iterator");
    }

    [Fact]
    public async Task Bell_IsReceived_WhenSomebodySubscribed()
    {
        var grain = engine.NewGrain(out var key);
        await using var subscription = await engine.Streams.SubscribeAsync<ContractMessage>(key, bell =>
        {
            Witness.See($"{key} rang {bell.Text}");
            return ValueTask.CompletedTask;
        });

        // Any one may be lost; all of twenty are not.
        for (var i = 0; i < 20; i++)
        {
            await grain.PublishAsync(key, "once", default);
        }

        await engine.UntilAsync(Witness.WhenSeenAsync($"{key} rang once"), "a bell");
    }

    [Fact]
    public async Task Publish_Succeeds_WhenNobodySubscribed()
    {
        var grain = engine.NewGrain(out var key);

        await engine.SoonAsync(grain.PublishAsync(key, "unheard", default), "a bell that nobody hears");
    }
}
