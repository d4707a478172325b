using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Smcp.TestSupport;

namespace Smcp.Engine;

/// <summary>Answers are given up that were lost with a silo, and only those.</summary>
public sealed class LostGatewaysTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Silos _silos = new();
    private readonly Host _host = new();
    private readonly CallOptions _options = new();

    [Fact]
    public void Answers_AreGivenUp_WhenASiloWasLost()
    {
        using var gateways = Gateways();
        var (prompt, other) = (gateways.GiveUp(isPrompt: true), gateways.GiveUp(isPrompt: false));

        Lose(gateways);
        _clock.Advance(_options.LostPromptAnswerGrace);
        var promptOnly = prompt.IsCancellationRequested && !other.IsCancellationRequested;
        _clock.Advance(_options.LostAnswerGrace - _options.LostPromptAnswerGrace);

        Assert.True(promptOnly);
        Assert.True(other.IsCancellationRequested);
        Assert.False(gateways.GiveUp(isPrompt: true).IsCancellationRequested);
        Assert.Equal(1, gateways.Connected);
    }

    [Fact]
    public void Answers_AreWaitedFor_WhenASiloLeft()
    {
        using var gateways = Gateways();
        var prompt = gateways.GiveUp(isPrompt: true);

        _silos.Left = 1;
        Lose(gateways);
        _clock.Advance(_options.LostAnswerGrace);

        Assert.False(prompt.IsCancellationRequested);
    }

    [Fact]
    public async Task Answers_AreGivenUp_WhenAnotherSiloIsLostAfterOneLeft()
    {
        using var gateways = Gateways();
        var givenUp = new TaskCompletionSource();
        await using var registration = gateways.GiveUp(isPrompt: true).Register(givenUp.SetResult);
        _silos.Left = 1;
        Lose(gateways);
        _clock.Advance(_options.LostPromptAnswerGrace);

        Lose(gateways);
        _clock.Advance(_options.LostPromptAnswerGrace);

        await givenUp.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    [Fact]
    public void NoSilo_IsLost_WhenTheGatewayItselfStops()
    {
        using var gateways = Gateways();
        var prompt = gateways.GiveUp(isPrompt: true);
        _host.StopApplication();

        Lose(gateways);
        _clock.Advance(_options.LostAnswerGrace);

        Assert.False(prompt.IsCancellationRequested);
    }

    private LostGateways Gateways() => new(
        _clock, Options.Create(_options), _host, NullLogger<LostGateways>.Instance, _silos);

    private static void Lose(LostGateways gateways) => gateways.Changed(new GatewayCountChangedEventArgs(1, 2));

    private sealed class Silos : IDepartedSilos
    {
        public int Left { get; set; }

        public ValueTask<bool> TakeOneAsync() => ValueTask.FromResult(Left-- > 0);
    }

    private sealed class Host : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping { get; private set; }

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => ApplicationStopping = new CancellationToken(canceled: true);
    }
}
