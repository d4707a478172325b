using Smcp.Jailer.Orders;
using Smcp.Jailer.Testing;

namespace Smcp.Jailer.Jails;

/// <summary>Nothing is left of jails, however many there were.</summary>
public sealed class RoundsTests
{
    /// <summary>Twenty; a thousand in a full run.</summary>
    private static int Rounds => Environment.GetEnvironmentVariable("SMCP_FULL") is null ? 20 : 1_000;

    [JailFact]
    public async Task Rounds_LeaveNoZombieAndNoDescriptor()
    {
        await using var jailer = await JailerUnderTest.StartAsync();
        await RoundAsync(jailer, 0);
        var before = HostProcesses.DescriptorsOf(jailer.ProcessId);

        for (var round = 1; round <= Rounds; round++)
        {
            await RoundAsync(jailer, round);
        }

        await HostProcesses.NoChildOfAsync(jailer.ProcessId);
        Assert.InRange(HostProcesses.DescriptorsOf(jailer.ProcessId), 0, before + 2);
        Assert.Empty(HostProcesses.CgroupsOf(jailer.ProcessId));
    }

    /// <summary>By turns it is killed, ends by itself with a daemon behind it, and is left by its client.</summary>
    private static async Task RoundAsync(JailerUnderTest jailer, int round)
    {
        var order = Testing.Orders.Shell("(sleep 1000 &); echo up; read line") with { Ports = [3128] };
        await using var prisoner = await jailer.StartAsync(order);
        Assert.True(prisoner.Reply.Kind == JailReplyKind.Started, prisoner.Reply.Reason);
        Assert.Equal("up", await prisoner.Output.ReadLineAsync());
        switch (round % 3)
        {
            case 0:
                await prisoner.AskAsync(JailRequestKind.Kill);
                Assert.Equal(JailReplyKind.Exited, (await prisoner.NextAsync())!.Kind);
                break;
            case 1:
                await prisoner.Input.DisposeAsync();
                Assert.Equal(JailReplyKind.Exited, (await prisoner.NextAsync())!.Kind);
                break;
            default:
                prisoner.Leave();
                Assert.Null(await prisoner.Output.ReadLineAsync());
                break;
        }

        // Answered by the same jailer, so what came before it is done but for the last steps.
        Assert.Equal(JailReplyKind.Ready, (await jailer.ProbeAsync()).Kind);
    }
}
