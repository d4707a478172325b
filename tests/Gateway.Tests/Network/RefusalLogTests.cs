using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Network;
using Smcp.TestSupport;

namespace Smcp;

public sealed class RefusalLogTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly CollectedLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Flood_HasTenLinesAMinute_AndThenItsNumber()
    {
        var log = LogOf(max: 10);
        for (var i = 0; i < 1_000; i++)
        {
            log.Refused($"id-{i}", "origin");
        }

        Assert.Equal(10, _log.Lines.Count);
        _clock.Advance(TimeSpan.FromMinutes(1));
        log.Refused("later", "origin");

        Assert.Equal(12, _log.Lines.Count);
        Assert.Contains("990 more", _log.Lines.ElementAt(10), StringComparison.Ordinal);
        Assert.Contains("later", _log.Lines.ElementAt(11), StringComparison.Ordinal);
    }

    [Fact]
    public void Reason_HasLinesOfItsOwn_WhenAnotherIsAFlood()
    {
        var log = LogOf(max: 1);
        for (var i = 0; i < 100; i++)
        {
            log.Refused($"id-{i}", "origin");
        }

        log.Refused("rare", "host");

        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("rare", _log.Lines.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Minute_EndsAfterSixtySeconds_AndSaysNothingWhereAllWasSaid()
    {
        var log = LogOf(max: 2);
        log.Refused("a", "host");
        log.Refused("b", "host");
        _clock.Advance(TimeSpan.FromSeconds(59));
        log.Refused("unsaid", "host");
        _clock.Advance(TimeSpan.FromSeconds(1));
        log.Refused("c", "host");
        _clock.Advance(TimeSpan.FromMinutes(1));
        log.Refused("d", "host");

        Assert.Equal(5, _log.Lines.Count);
        Assert.Contains("1 more", _log.Lines.ElementAt(2), StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("unsaid", StringComparison.Ordinal));
    }

    /// <summary>Over HTTP: a client that is refused a hundred times has ten lines.</summary>
    [Fact]
    public async Task Client_FillsNoLog_WhenItIsRefusedAgainAndAgain()
    {
        await using var host = await GatewayHost.BuildAsync(
            "http://127.0.0.1:0", _clock, builder => builder.Logging.AddProvider(_log));
        for (var i = 0; i < 100; i++)
        {
            var request = McpWire.Post(McpWire.Initialize("2025-11-25"), ("Origin", "http://evil.example.com"));
            Assert.Equal(403, (await host.SendAsync(request)).Status);
        }

        Assert.Equal(10, _log.Lines.Count(line => line.Contains("refused by the network", StringComparison.Ordinal)));
    }

    private RefusalLog LogOf(int max) => new(
        _clock,
        Options.Create(new NetworkOptions { RefusalsLoggedPerMinute = max }),
        new Logger<RefusalLog>(new LoggerFactory([_log])));
}
