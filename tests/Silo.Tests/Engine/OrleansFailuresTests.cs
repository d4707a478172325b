namespace Smcp.Engine;

/// <summary>What is certainly not run may be sent again; in doubt the outcome is unknown.</summary>
public sealed class OrleansFailuresTests
{
    [Fact]
    public void Call_IsUnknown_WhenItsSiloWasLostUnderIt() => Assert.Equal(
        EngineFailure.TimedOut,
        new OrleansFailures().Classify(
            new SiloUnavailableException("The target silo became unavailable for message: …")));

    [Fact]
    public void Call_IsUnavailable_WhenItWasNotSent() => Assert.Equal(
        EngineFailure.Unavailable, new OrleansFailures().Classify(new SiloUnavailableException()));

    [Fact]
    public void Call_MayBeSentAgain_OnlyWhenItWasNotSent()
    {
        Assert.True(OrleansFailures.DidNotRun(new SiloUnavailableException()));
        Assert.True(OrleansFailures.DidNotRun(
            new SiloUnavailableException("Silo 'S127.0.0.1:11111:0' is shutting down.")));
        Assert.False(
            OrleansFailures.DidNotRun(new SiloUnavailableException("The local Orleans host is shutting down")));
    }
}
