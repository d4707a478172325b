using Smcp.Hosting.Classes;

namespace Smcp.Hosting.State;

public sealed class ServerStateTests : IDisposable
{
    private readonly GatedStateStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Update_IsAcknowledged_OnlyWhenItIsStored()
    {
        var state = await LoadAsync();
        var update = state.UpdateAsync(Increment);
        await _store.BegunAsync();
        Assert.False(update.IsCompleted);
        Assert.Equal(0, state.Value.Count);

        _store.Open(1);
        Assert.Equal(1, (await update).Count);
        Assert.Equal((1, 1L), (state.Value.Count, state.Version));
    }

    [Fact]
    public async Task Updates_ShareAWrite_WhenTheyWaitForOne()
    {
        var state = await LoadAsync();
        var first = state.UpdateAsync(Increment);
        await _store.BegunAsync();
        var waiting = Enumerable.Range(0, 50).Select(_ => state.UpdateAsync(Increment)).ToList();
        _store.Open(2);

        Assert.Equal(1, (await first).Count);
        Assert.Equal(Enumerable.Range(2, 50), (await Task.WhenAll(waiting)).Select(value => value.Count));
        Assert.Equal(2, _store.Writes);
    }

    [Fact]
    public async Task FailingChange_FailsAlone()
    {
        var state = await LoadAsync();
        _store.Open(2);
        var bad = state.UpdateAsync(_ => throw new InvalidOperationException("no"));
        var good = state.UpdateAsync(Increment);

        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(1, (await good).Count);
    }

    [Fact]
    public async Task Update_IsWithdrawn_WhenCancelledBeforeItsWrite()
    {
        var state = await LoadAsync();
        using var cancellation = new CancellationTokenSource();
        var first = state.UpdateAsync(Increment);
        await _store.BegunAsync();
        var second = state.UpdateAsync(Increment, cancellation.Token);
        await cancellation.CancelAsync();
        _store.Open(2);

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1, state.Value.Count);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Update_BuildsOnWhatIsStored_AfterAWriteOfUnknownOutcome(bool written, int expected)
    {
        var state = await LoadAsync();
        _store.Failure = new IOException("The disk went away.");
        _store.WritesBeforeFailing = written;
        _store.Open(2);

        await Assert.ThrowsAsync<IOException>(() => state.UpdateAsync(Increment));
        Assert.Equal(expected, (await state.UpdateAsync(Increment)).Count);
    }

    [Fact]
    public void Value_IsNotThere_BeforeItIsLoaded()
    {
        var state = new ServerState<TestState>(Binding());

        Assert.Throws<InvalidOperationException>(() => state.Value);
    }

    private static TestState Increment(TestState state) => state with { Count = state.Count + 1 };

    private async Task<ServerState<TestState>> LoadAsync()
    {
        var state = new ServerState<TestState>(Binding());
        await state.LoadAsync(CancellationToken.None);
        return state;
    }

    private InstanceBinding Binding()
    {
        var binding = new InstanceBinding();
        binding.Bind(new TestInstanceHost(_store));
        return binding;
    }
}
