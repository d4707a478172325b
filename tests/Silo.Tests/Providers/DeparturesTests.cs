using Smcp.TestSupport;

namespace Smcp.Providers;

/// <summary>A silo that leaves says so itself; one that is lost is voted dead by others.</summary>
public sealed class DeparturesTests
{
    private static readonly Suspicion OwnVote = new("a", DateTime.UnixEpoch);
    private static readonly Suspicion Vote = new("b", DateTime.UnixEpoch);

    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(SiloStatus.ShuttingDown)]
    [InlineData(SiloStatus.Stopping)]
    [InlineData(SiloStatus.Dead)]
    public void Silo_Left_WhenItSaidSoItself(SiloStatus status)
    {
        var departures = Seen(Silo(status, status == SiloStatus.Dead ? [OwnVote] : []));

        Assert.True(departures.TryTake());
        Assert.False(departures.TryTake());
    }

    [Fact]
    public void Silo_IsLost_WhenOthersVotedItDead() =>
        Assert.False(Seen(Silo(SiloStatus.Dead, [Vote])).TryTake());

    [Fact]
    public void Silo_HasNotLeft_WhileItServes() => Assert.False(Seen(Silo(SiloStatus.Active, [])).TryTake());

    [Fact]
    public void Silo_LeavesOnce_HoweverOftenItIsLookedAt()
    {
        var departures = Seen(Silo(SiloStatus.ShuttingDown, []));
        departures.Look([Silo(SiloStatus.Dead, [OwnVote])]);

        Assert.True(departures.TryTake());
        Assert.False(departures.TryTake());
    }

    [Fact]
    public void Departure_IsForgotten_WhenNoConnectionEndedForLong()
    {
        var departures = Seen(Silo(SiloStatus.Dead, [OwnVote]));
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(departures.TryTake());
    }

    private Departures Seen(Member later)
    {
        var departures = new Departures(_clock);
        departures.Look([Silo(SiloStatus.Active, [])]);
        departures.Look([later]);
        return departures;
    }

    private static Member Silo(SiloStatus status, Suspicion[] votes) =>
        new() { Address = "a", Status = status, Suspicions = votes };
}
