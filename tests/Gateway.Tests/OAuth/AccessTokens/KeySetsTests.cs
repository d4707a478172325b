using Microsoft.Extensions.Options;
using Smcp.Identity.OAuth;
using Smcp.TestSupport;

namespace Smcp.OAuth.AccessTokens;

/// <summary>How long the public keys are believed, and how often they are asked for.</summary>
public sealed class KeySetsTests : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly OAuthOptions _options = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FakeKeys _keys = new();
    private readonly KeySets _sets;

    public KeySetsTests()
    {
        _sets = new KeySets(_keys, new FakeGrains(), _time, Options.Create(_options));
        Add("one");
    }

    public void Dispose() => _sets.Dispose();

    [Fact]
    public async Task Set_IsAskedForOnce_WhileItIsFresh()
    {
        await _sets.GetAsync(default);
        _time.Advance(_options.KeySetLifetime - Tick);
        await _sets.GetAsync(default);
        Assert.Equal(1, _keys.Asked);

        _time.Advance(Tick);
        Add("two");
        Assert.Equal(2, (await _sets.GetAsync(default)).Keys.Count);
        Assert.Equal(2, _keys.Asked);
    }

    [Fact]
    public async Task ManyWhoAskAtOnce_AreOneQuestion()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _sets.GetAsync(default).AsTask()));

        Assert.Equal(1, _keys.Asked);
    }

    [Fact]
    public async Task UnknownKey_IsAskedFor_ButNotAtAnyRate()
    {
        Assert.NotNull(await _sets.FindAsync("one", default));
        Add("two");
        _time.Advance(_options.KeySetInterval - Tick);
        Assert.Null(await _sets.FindAsync("two", default));
        Assert.Equal(1, _keys.Asked);

        _time.Advance(Tick);
        Assert.Equal("two", (await _sets.FindAsync("two", default))!.Id);
        Assert.Equal(2, _keys.Asked);
        Assert.NotNull(await _sets.FindAsync("one", default));
        Assert.Equal(2, _keys.Asked);
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TimeoutException))]
    public async Task KnownKeys_AreGood_WhileNobodyCanBeAskedForAWhile(Type failure)
    {
        await _sets.GetAsync(default);
        _keys.Failure = (Exception)Activator.CreateInstance(failure)!;
        _time.Advance(_options.KeySetStaleMax - Tick);
        Assert.NotNull(await _sets.FindAsync("one", default));

        _time.Advance(Tick);
        await Assert.ThrowsAsync(failure, async () => await _sets.FindAsync("one", default));
    }

    [Fact]
    public async Task Failure_IsTheirsWhoAsk_WhenNothingIsKnownOrItIsABug()
    {
        _keys.Failure = new IOException();
        await Assert.ThrowsAsync<IOException>(async () => await _sets.GetAsync(default));

        _keys.Failure = null;
        await _sets.GetAsync(default);
        _time.Advance(_options.KeySetLifetime);
        _keys.Failure = new InvalidOperationException();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _sets.GetAsync(default));

        // Whoever failed let the next one ask.
        _keys.Failure = null;
        Assert.Single((await _sets.GetAsync(default)).Keys);
    }

    private void Add(string id) => _keys.Keys.Add(new PublicSigningKey(id, new byte[32], new byte[32]));
}
