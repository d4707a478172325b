using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Protocol;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp.Quotas;

/// <summary>What is answered to a tenant's clients counts, and is bounded by the day.</summary>
public sealed class EgressTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private GatewayHost _host = null!;

    private FakeEgress Egress => _host.Grains.Egress;

    private DayTally Tally => _host.Services.GetRequiredService<KnownEgress>().Of(TenantId.Default, 1);

    public async Task InitializeAsync()
    {
        _host = await GatewayHost.StartAsync(_clock);
        _host.Grains.Quotas = new TenantQuotas { EgressBytesPerDay = 1_000 };
        Egress.Day = _clock.GetUtcNow();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task TenantOverItsDay_Is429_UntilTheNextOne()
    {
        _clock.Advance(TimeSpan.FromHours(20));
        Egress.Bytes = 999;
        Assert.Equal(200, await StatusAsync());
        await CountedAsync(() => Tally.IsOver);

        using var response = await _host.Client.SendAsync(McpWire.Stateless("prompts/list"));

        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal("14400", response.Headers.RetryAfter!.ToString());
        Assert.Equal(
            "\"egress\";q=1000;qu=\"content-bytes\";w=86400", response.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal("\"egress\";r=0;t=14400", response.Headers.GetValues("RateLimit").Single());
        Assert.Single(_host.Grains.Shared.Calls);

        await ReportAsync();
        Egress.Day = _clock.GetUtcNow().Date.AddDays(1);
        Egress.Bytes = 0;
        _clock.Advance(TimeSpan.FromHours(4));
        Assert.Equal(200, await StatusAsync());
    }

    [Fact]
    public async Task Answers_CountTheirBytes_OneByOneAndInBatches()
    {
        _host.Grains.Quotas = new TenantQuotas { EgressBytesPerDay = long.MaxValue };
        using var single = await _host.Client.SendAsync(McpWire.Stateless("prompts/list"));
        using var opened = await _host.Client.SendAsync(McpWire.Post(McpWire.Initialize("2025-03-26")));
        var session = (McpHeaders.SessionId, opened.Headers.GetValues(McpHeaders.SessionId).Single());
        var batch = $"[{string.Join(',', Enumerable.Range(1, 3).Select(id => McpWire.Request("ping", id: $"{id}")))}]";
        using var several = await _host.Client.SendAsync(McpWire.Post(batch, session));
        Assert.Equal((200, 200), ((int)opened.StatusCode, (int)several.StatusCode));
        var bytes = 0;
        foreach (var response in (HttpResponseMessage[])[single, opened, several])
        {
            bytes += (await response.Content.ReadAsByteArrayAsync()).Length;
        }

        await CountedAsync(() => ReportAsync().IsCompletedSuccessfully && Egress.Bytes >= bytes);

        Assert.Equal(bytes, Egress.Bytes);
    }

    [Fact]
    public async Task Stream_CountsAsItIsSent_AndEndsAtTheHeartbeat()
    {
        var instance = _host.Grains.Shared;
        instance.Stream();
        var progress = $$"""{"progress":1,"message":"{{new string('x', 2_000)}}"}""";
        await instance.Frames.Writer.WriteAsync(FakeInstance.Notification("notifications/progress", progress));
        using var events = await SseClient.OpenAsync(
            _host, McpWire.Stateless("tools/call", """{"name":"t","arguments":{}}"""));
        Assert.NotNull(await events.NextAsync("the notification"));
        await CountedAsync(() => Tally.IsOver);

        _clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Contains("admitted no longer", (await events.NextAsync("the end"))!.Data, StringComparison.Ordinal);
        await ReportAsync();
        Assert.InRange(Egress.Bytes, 2_000, 3_000);
    }

    [Fact]
    public async Task Report_CountsOnce_WhenItsAnswerWasLost()
    {
        Assert.Equal(200, await StatusAsync());
        await CountedAsync(() => Tally.IsWaiting);
        Egress.Losses = 2;
        await ReportAsync();
        await ReportAsync();
        var taken = Egress.Bytes;
        Assert.True(taken > 0);
        Assert.True(Tally.IsWaiting);

        await ReportAsync();

        Assert.Equal(taken, Egress.Bytes);
        Assert.False(Tally.IsWaiting);
    }

    [Theory]
    [InlineData(TenantStatus.Deleted, 1)]
    [InlineData(TenantStatus.None, 1)]
    [InlineData(TenantStatus.Active, 2)]
    public async Task Report_IsGivenUp_WhenItsTenantIsGone(TenantStatus status, int generation)
    {
        Assert.Equal(200, await StatusAsync());
        await CountedAsync(() => Tally.IsWaiting);
        Egress.Losses = int.MaxValue;
        (_host.Grains.TenantStatus, _host.Grains.TenantGeneration) = (status, generation);
        _clock.Leap(TimeSpan.FromSeconds(2));

        await ReportAsync();

        Assert.False(Tally.IsWaiting);
        Assert.Equal(0, Egress.Bytes);
    }

    [Fact]
    public async Task Report_OfATenantThatIsSuspended_IsSent()
    {
        Assert.Equal(200, await StatusAsync());
        await CountedAsync(() => Tally.IsWaiting);
        _host.Grains.TenantStatus = TenantStatus.Suspended;
        _clock.Leap(TimeSpan.FromSeconds(2));

        await ReportAsync();

        Assert.True(Egress.Bytes > 0);
    }

    [Fact]
    public async Task Grain_ThatCannotBeReached_ClosesNothing()
    {
        Egress.Losses = int.MaxValue;

        Assert.Equal(200, await StatusAsync());
        Assert.Equal(200, await StatusAsync());

        // By its own count the gateway goes on.
        Tally.Add(1_000);
        Assert.Equal(429, await StatusAsync());
    }

    [Fact]
    public async Task NoQuota_AsksNobody()
    {
        _host.Grains.Quotas = new TenantQuotas();

        Assert.Equal(200, await StatusAsync());

        await ReportAsync();
        Assert.Equal(0, Egress.Reports);
    }

    private Task ReportAsync() => _host.Services.GetRequiredService<KnownEgress>().ReportAsync();

    private async Task<int> StatusAsync() => (await _host.SendAsync(McpWire.Stateless("prompts/list"))).Status;

    /// <summary>An answer is counted right after it went out, which its client may be ahead of.</summary>
    private static async Task CountedAsync(Func<bool> isCounted)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isCounted())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "It was not counted.");
            await Task.Yield();
        }
    }
}
