using Smcp.Engine.Faults;

namespace Smcp.Engine;

public sealed class WireFormTests
{
    [Fact]
    public async Task Message_IsAnother_WhenItCrossesTheWire()
    {
        await using var plain = new EmbeddedFixture();
        await using var wired = EmbeddedFixture.OverTheWire();
        var message = new ContractMessage { Text = "same" };

        Assert.Same(message, await plain.NewGrain().EchoAsync(message, default));
        Assert.NotSame(message, await wired.NewGrain().EchoAsync(message, default));
    }

    [Fact]
    public void Fault_KeepsOnlyItsText_WhenItIsTheGrainsOwn()
    {
        var crossed = new WireForm().CrossFault(new Storage.StateConflictException("stale"));

        Assert.IsType<GrainFaultException>(crossed);
        Assert.Contains("stale", crossed.Message, StringComparison.Ordinal);
    }
}
