using Smcp.Jailer.Orders;
using Smcp.Jailer.Testing;

namespace Smcp.Jailer.Jails;

/// <summary>Jails made without root.</summary>
public sealed class UserAttackTests() : AttackTests(asNobody: true)
{
    [JailFact]
    public async Task Tenants_AreNotNeighbours()
    {
        await using var first = await Jailer.StartAsync(Testing.Orders.Shell("read line"));
        await using var same = await Jailer.StartAsync(Testing.Orders.Shell("true") with { Name = "tests/other" });
        await using var other = await Jailer.StartAsync(Testing.Orders.Shell("true") with { Name = "others/attacker" });

        Assert.Equal(JailReplyKind.Started, first.Reply.Kind);
        Assert.Equal(JailReplyKind.Started, same.Reply.Kind);
        Assert.Equal(JailReplyKind.Refused, other.Reply.Kind);
        Assert.Contains("for one tenant", other.Reply.Reason, StringComparison.Ordinal);
    }

    [JailFact]
    public async Task Port_IsServedFromOutside()
    {
        await using var prisoner = await Jailer.StartAsync(Testing.Orders.Perl(
            """
            use IO::Socket::INET;
            my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1:3128") or die "no: $!";
            print $s "ping\n"; $s->flush; print scalar <$s>;
            """) with
        {
            Ports = [3128],
        });
        Assert.True(prisoner.Reply.Reason is null, prisoner.Reply.Reason);
        using var socket = await prisoner.Listeners.Single().AcceptAsync();
        await socket.SendAsync("pong\n"u8.ToArray());

        Assert.Equal("pong\n", (await prisoner.RunAsync()).Output);
    }
}
