using Smcp.Mcp;
using Smcp.Tenants;

namespace Smcp.Identity.Replays;

public sealed class ReplayGrainTests : IAsyncLifetime
{
    private static readonly ReplayAnswer Made = new() { Status = 201, Body = "{}" };

    private TenantHost _host = null!;

    private IReplayGrain Replays => _host.Grains.Locate<IReplayGrain>("default/user:root");

    public async Task InitializeAsync() => _host = await TenantHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Answer_IsSaidAgain_AfterARestart()
    {
        var first = await Replays.BeginAsync("k", "digest", default);
        await Replays.EndAsync("k", Made, default);
        await _host.RestartAsync();

        Assert.Equal((null, null), (first.Answer, first.Fault));
        Assert.Equal(201, (await Replays.BeginAsync("k", "digest", default)).Answer!.Status);
    }

    [Fact]
    public async Task Key_OfAnotherRequest_IsRefused()
    {
        await Replays.BeginAsync("k", "digest", default);
        await Replays.EndAsync("k", Made, default);

        Assert.Equal(FaultReason.InvalidParams, (await Replays.BeginAsync("k", "other", default)).Fault!.Reason);
    }

    [Fact]
    public async Task Key_IsAConflict_WhileItsRequestHasNoAnswer()
    {
        await Replays.BeginAsync("k", "digest", default);
        await _host.RestartAsync();

        Assert.Equal(FaultReason.Conflict, (await Replays.BeginAsync("k", "digest", default)).Fault!.Reason);
    }

    [Fact]
    public async Task Key_IsFreeAgain_WhenNothingWasDoneOrItsTimeIsOver()
    {
        await Replays.BeginAsync("k", "digest", default);
        await Replays.EndAsync("k", null, default);
        Assert.Null((await Replays.BeginAsync("k", "other", default)).Fault);
        await Replays.EndAsync("k", Made, default);
        _host.Clock.Advance(TimeSpan.FromHours(24));

        var outcome = await Replays.BeginAsync("k", "third", default);

        Assert.Equal((null, null), (outcome.Answer, outcome.Fault));
    }

    [Fact]
    public async Task Keys_AreBounded()
    {
        for (var i = 0; i < 256; i++)
        {
            Assert.Null((await Replays.BeginAsync($"k{i}", "digest", default)).Fault);
        }

        Assert.Equal(FaultReason.LimitExceeded, (await Replays.BeginAsync("more", "digest", default)).Fault!.Reason);
    }
}
