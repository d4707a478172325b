using System.Net.Sockets;
using System.Text;

namespace Smcp.Runtimes.Jails;

public sealed class JailerJailsTests : IAsyncDisposable
{
    private readonly JailsHost _host = new();

    [JailFact]
    public async Task Program_IsSpokenTo()
    {
        await using var jail = await _host.Jails.StartAsync(JailsHost.Shell("cat; echo end >&2; exit 3"), default);

        await jail.Input.WriteAsync("hello"u8.ToArray());
        await jail.Input.DisposeAsync();

        Assert.Equal("hello", await new StreamReader(jail.Output).ReadToEndAsync());
        Assert.Equal("end\n", await new StreamReader(jail.Error).ReadToEndAsync());
        var exit = await jail.Exited;
        Assert.Equal((3, JailExitReason.Ended), (exit.Code, exit.Reason));
        Assert.Null(await jail.MeasureAsync(default));
    }

    [JailFact]
    public async Task ProcessorTime_IsSaidAtTheEnd_OfAllThatRan()
    {
        await using var jail = await _host.Jails.StartAsync(
            JailsHost.Shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done & wait"), default);

        var exit = await jail.Exited;

        Assert.True(exit.Cpu > TimeSpan.FromMilliseconds(20), $"{exit.Cpu} was counted");
    }

    [JailFact]
    public async Task Program_ServesASocketThatItInherits()
    {
        var path = Path.Combine(_host.Folder.Path, "server.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        await using var jail = await _host.Jails.StartAsync(
            JailsHost.Shell(string.Empty) with
            {
                Executable = "perl",
                Arguments =
                [
                    "-e",
                    "use Socket; open(my $l, '<&=', 3) or die; accept(my $c, $l) or die; syswrite $c, 'served';",
                ],
                Inherited = [listener.SafeHandle],
            },
            default);

        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(path));
        var buffer = new byte[16];
        var read = await client.ReceiveAsync(buffer);

        Assert.Equal("served", Encoding.UTF8.GetString(buffer, 0, read));
    }

    [JailFact]
    public async Task Program_ConnectsToASocketThatItIsGiven()
    {
        var path = Path.Combine(_host.Folder.Path, "outside.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
        listener.Listen();
        await using var jail = await _host.Jails.StartAsync(
            JailsHost.Shell(string.Empty) with
            {
                Executable = "perl",
                Arguments =
                [
                    "-e",
                    "use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(Peer => '/run/smcp/o.sock') or die $!;"
                        + "syswrite $s, 'hello';",
                ],
                Sockets = new Dictionary<string, string> { ["/run/smcp/o.sock"] = path },
            },
            default);

        using var client = await listener.AcceptAsync();
        var buffer = new byte[16];
        var read = await client.ReceiveAsync(buffer);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, read));
    }

    [JailFact]
    public async Task Kill_LeavesNothing()
    {
        await using var jail = await _host.Jails.StartAsync(JailsHost.Shell("sleep 1000"), default);
        Assert.NotNull(await jail.MeasureAsync(default));

        await jail.KillAsync();

        Assert.Equal(128 + 9, (await jail.Exited).Code);
    }

    [JailFact]
    public async Task Start_SaysWhatIsWrong()
    {
        var failure = await Assert.ThrowsAsync<JailUnavailableException>(() => _host.Jails.StartAsync(
            JailsHost.Shell("true") with
            {
                Folders = new Dictionary<string, string> { ["/app"] = "/etc" },
            },
            default));

        Assert.Contains("/etc is not beneath a folder", failure.Message, StringComparison.Ordinal);
    }

    [JailFact]
    public async Task Tenant_TakesNoMoreThanItsShare()
    {
        await using var host = new JailsHost(("Smcp:Jails:JailsPerTenantMax", "1"));
        await using var first = await host.Jails.StartAsync(JailsHost.Shell("read line"), default);
        await Assert.ThrowsAsync<JailUnavailableException>(
            () => host.Jails.StartAsync(JailsHost.Shell("true"), default));

        await first.KillAsync();

        await using var second = await host.Jails.StartAsync(JailsHost.Shell("true"), default);
        Assert.Equal(0, (await second.Exited).Code);
    }

    [JailFact]
    public async Task Streams_EndWithTheProgram_ThoughItSentThemToUs()
    {
        // SCM_RIGHTS (unix(7)): descriptors 1 and 2, to whoever holds the other end of 0.
        await using var jail = await _host.Jails.StartAsync(
            JailsHost.Shell(string.Empty) with
            {
                Executable = "perl",
                Arguments =
                [
                    "-e",
                    """
                    my $data = "x"; my $rights = pack("QiiiiQ", 24, 1, 1, 1, 2, 0);
                    my $part = pack("PQ", $data, 1);
                    my $message = pack("QQPQPQQ", 0, 0, $part, 1, $rights, 24, 0);
                    print syscall(46, 0, $message, 0x4000) < 0 ? "not sent" : "sent";
                    """,
                ],
            },
            default);

        Assert.Equal("not sent", await new StreamReader(jail.Output).ReadToEndAsync());
        Assert.Equal(string.Empty, await new StreamReader(jail.Error).ReadToEndAsync());
    }

    [JailFact]
    public async Task Jailer_IsStartedAgain_AfterItDied()
    {
        await using (var jail = await _host.Jails.StartAsync(JailsHost.Shell("sleep 1000"), default))
        {
            await _host.EndJailerAsync();
            Assert.Equal(JailExitReason.JailerLost, (await jail.Exited).Reason);
        }

        await using var other = await _host.Jails.StartAsync(JailsHost.Shell("exit 4"), default);
        Assert.Equal(4, (await other.Exited).Code);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
