using Smcp.Jailer.Testing;

namespace Smcp.Jailer.Jails;

/// <summary>Jails made without root.</summary>
public sealed class UserAttackTests() : AttackTests(asNobody: true)
{
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
