using System.Net;
using System.Net.Sockets;
using Smcp.Jailer.Orders;
using Smcp.Jailer.Seccomp;
using Smcp.Jailer.Testing;

namespace Smcp.Jailer.Jails;

/// <summary>Attackers in a jail; each is a real program, and what it wants is outside.</summary>
public abstract class AttackTests(bool asNobody) : IAsyncLifetime
{
    private protected JailerUnderTest Jailer { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (JailFactAttribute.Hindrance is null)
        {
            Jailer = await JailerUnderTest.StartAsync(asNobody && Environment.IsPrivilegedProcess);
        }
    }

    public async Task DisposeAsync()
    {
        if (Jailer is not null)
        {
            await Jailer.DisposeAsync();
        }
    }

    [JailFact]
    public async Task Processes_OfTheHostAreNotSeen()
    {
        var run = await Jailer.RunAsync("for p in /proc/[0-9]*; do cat $p/comm; done");

        Assert.Equal(["bwrap", "sh"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [JailFact]
    public async Task Environment_OfTheJailerIsNotSeen()
    {
        var run = await Jailer.RunAsync("cat /proc/*/environ | tr '\\0' '\\n'; env; true");

        Assert.DoesNotContain(JailerUnderTest.Canary, run.Output, StringComparison.Ordinal);
        Assert.Contains("PATH=", run.Output, StringComparison.Ordinal);
    }

    [JailFact]
    public async Task Files_OfTheHostAreNotSeen()
    {
        var run = await Jailer.RunAsync(
            "ls -d /* | tr '\\n' ' '; cat /etc/shadow /etc/machine-id /proc/sys/kernel/core_pattern.bak 2>/dev/null");

        Assert.Empty(
            run.Output.Trim().Split(' ').Except(
                ["/bin", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/proc", "/sbin", "/tmp", "/usr"]));
    }

    [JailFact]
    public async Task Files_AreNotWritten()
    {
        var run = await Jailer.RunAsync(
            """
            for f in / /usr /usr/bin /etc /etc/ssl /bin /dev /proc /proc/sys/kernel/hostname /run /home; do
              (echo x > $f/x || echo x > $f) 2>/dev/null && echo written $f
            done
            echo done
            """);

        Assert.Equal("done\n", run.Output);
    }

    [JailFact]
    public async Task Network_IsNotReached()
    {
        using var tcp = new TcpListener(IPAddress.Any, 0);
        tcp.Start();
        using var udp = new UdpClient(0);
        var name = $"\0smcp-{Guid.NewGuid():N}";
        using var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        unix.Bind(new UnixDomainSocketEndPoint(name));
        unix.Listen();
        var run = await Jailer.RunAsync(Testing.Orders.Perl(
            $$"""
            use IO::Socket::INET; use Socket; use IO::Socket::UNIX;
            print "tcp $_\n" for grep { IO::Socket::INET->new(PeerAddr => $_, PeerPort => {{Port(tcp)}}, Timeout => 1) }
              qw(127.0.0.1 0.0.0.0 169.254.169.254 10.0.0.1 8.8.8.8 {{OwnAddress()}});
            my $u = IO::Socket::INET->new(Proto => "udp", PeerAddr => "127.0.0.1",
              PeerPort => {{((IPEndPoint)udp.Client.LocalEndPoint!).Port}});
            $u->send("hello") if $u;
            socket(my $a, AF_UNIX, SOCK_STREAM, 0);
            print "abstract\n" if connect($a, pack_sockaddr_un("\0{{name[1..]}}"));
            print "vsock\n" if socket(my $v, 40, SOCK_STREAM, 0);
            print "packet\n" if socket(my $p, 17, 3, 0);
            print "raw\n" if socket(my $r, AF_INET, 3, 1);
            print gethostbyname("example.org") ? "name\n" : "done\n";
            """));

        Assert.Equal("done\n", run.Output);
        Assert.False(tcp.Pending());
        Assert.Equal(0, udp.Available);
        Assert.False(unix.Poll(0, SelectMode.SelectRead));
    }

    [JailFact]
    public async Task Privileges_AreNotGained()
    {
        var run = await Jailer.RunAsync(
            """
            grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/self/status | tr '\t' ' '
            unshare -Ur true && echo userns; unshare -n true && echo netns; mount -t tmpfs x /tmp && echo mounted
            chroot / true && echo chroot; mknod /tmp/sda b 8 0 && echo device; su -c true root </dev/null && echo su
            echo x > /proc/sys/kernel/hostname && echo sysctl; nsenter -t 1 -m true && echo nsenter; true
            """);

        Assert.Equal("CapEff: 0000000000000000\nCapBnd: 0000000000000000\nNoNewPrivs: 1\nSeccomp: 2\n", run.Output);
    }

    [JailFact]
    public async Task ForkBomb_IsBounded()
    {
        var run = await Jailer.RunAsync(Testing.Orders.Perl(
            """
            my $n = 0;
            while (defined(my $p = fork)) { if (!$p) { sleep 1000 } last if ++$n > 1000 }
            print $n;
            """));

        Assert.InRange(int.Parse(run.Output, null), 5, Testing.Orders.Bounds.Processes);
    }

    [JailFact]
    public async Task ForkBomb_EndsWithItsTime()
    {
        var run = await Jailer.RunAsync(Testing.Orders.Perl(
            "while (1) { fork; }", Testing.Orders.Bounds with { LifeSeconds = 2 }));

        Assert.True(run.End.OutOfTime);
    }

    [JailFact]
    public async Task MemoryBomb_IsKilled()
    {
        var run = await Jailer.RunAsync(Testing.Orders.Perl(
            """$SIG{TERM} = "IGNORE"; my @a; while (1) { push @a, "x" x 1000000; select undef, undef, undef, 0.001 }""",
            Testing.Orders.Bounds with { LifeSeconds = 60 }));

        Assert.True(run.End.OutOfMemory);
        Assert.False(run.End.OutOfTime);
    }

    [JailFact]
    public async Task Daemon_DiesWithItsJail()
    {
        // It has the output open, which so ends only with it.
        var run = await Jailer.RunAsync(Testing.Orders.Perl(
            """
            use POSIX; $| = 1;
            if (!fork) {
              POSIX::setsid();
              if (!fork) { $SIG{$_} = "IGNORE" for qw(HUP TERM INT); print "daemon "; sleep 1000 }
              exit;
            }
            wait; select undef, undef, undef, 0.2; print "parent";
            """));

        Assert.Equal("daemon parent", run.Output);
    }

    [JailFact]
    public async Task Flood_OfFilesIsBounded()
    {
        var run = await Jailer.RunAsync(
            """
            i=0; while [ $i -lt 20 ]; do head -c 4000000 /dev/zero > /tmp/$i; head -c 4000000 /dev/zero > /dev/shm/$i
            i=$((i+1)); done 2>/dev/null
            du -sk /tmp /dev/shm | cut -f1 | tr '\n' ' '
            """);

        Assert.All(
            run.Output.Trim().Split(' '),
            used => Assert.InRange(int.Parse(used, null), 1, (int)(Testing.Orders.Bounds.TemporaryBytes / 1024)));
    }

    [JailFact]
    public async Task File_IsBounded()
    {
        var run = await Jailer.RunAsync(
            "head -c 10000000 /dev/zero > /tmp/x; stat -c %s /tmp/x; ulimit -n; ulimit -c");

        Assert.Equal(
            $"{Testing.Orders.Bounds.FileBytes}\n{Testing.Orders.Bounds.OpenFiles}\n0\n", run.Output);
    }

    [JailFact]
    public async Task Signals_ReachNobodyElse()
    {
        var run = await Jailer.RunAsync(
            $"kill -9 {Jailer.ProcessId} && echo killed; kill -9 1; kill -15 -1; echo alive; true");

        Assert.Equal("alive\n", run.Output);
        Assert.Equal(JailReplyKind.Ready, (await Jailer.ProbeAsync()).Kind);
    }

    [JailFact]
    public async Task Link_OutOfAnImageLeadsNowhere()
    {
        var image = Directory.CreateDirectory(Path.Combine(Jailer.Folder, "image")).FullName;
        var secret = Path.Combine(Jailer.Folder, "secret");
        await File.WriteAllTextAsync(secret, "s3cret");
        File.CreateSymbolicLink(Path.Combine(image, "absolute"), secret);
        File.CreateSymbolicLink(Path.Combine(image, "relative"), "../secret");

        var run = await Jailer.RunAsync(Testing.Orders.Shell("cat /app/absolute /app/relative; true") with
        {
            Folders = [new JailMount(image, "/app")],
        });

        Assert.Equal(string.Empty, run.Output);
    }

    [JailFact]
    public async Task Link_InAnImageLeadsNoScratchOut()
    {
        var image = Directory.CreateDirectory(Path.Combine(Jailer.Folder, "image")).FullName;
        File.CreateSymbolicLink(Path.Combine(image, "out"), $"/oldroot{Path.GetTempPath()}");
        var name = $"smcp-{Guid.NewGuid():N}";

        await using var prisoner = await Jailer.StartAsync(Testing.Orders.Shell("true") with
        {
            Folders = [new JailMount(image, "/app")],
            Scratch = [new JailScratch($"/app/out/{name}/x", 65_536)],
        });

        Assert.Equal(JailReplyKind.Refused, prisoner.Reply.Kind);
        Assert.False(Directory.Exists(Path.Combine(Path.GetTempPath(), name)));
    }

    [JailFact]
    public async Task DeathWithTheJailer_IsNotCalledOff()
    {
        var call = DeniedCalls.ProcessControl.On(SeccompFilter.Own!.Value);
        var run = await Jailer.RunAsync(Testing.Orders.Perl(
            $"""
            print syscall({call}, 1, 9, 0, 0, 0), " ";
            print syscall({call}, 1, $_, 0, 0, 0), $!{"{EPERM}"} ? " denied " : " " for 0, 15;
            """));

        Assert.Equal("0 -1 denied -1 denied ", run.Output);
    }

    [JailFact]
    public async Task Client_ThatGoesTakesItsJailAlong()
    {
        var prisoner = await Jailer.StartAsync(Testing.Orders.Shell("trap '' TERM HUP; echo up; sleep 1000"));
        Assert.Equal("up", await prisoner.Output.ReadLineAsync());

        prisoner.Leave();

        Assert.Null(await prisoner.Output.ReadLineAsync());
        await prisoner.DisposeAsync();
    }

    [JailFact]
    public async Task Crash_OfTheJailerTakesEveryJailAlong()
    {
        await using var prisoner = await Jailer.StartAsync(Testing.Orders.Shell("(sleep 1000 &); echo up; sleep 1000"));
        Assert.Equal("up", await prisoner.Output.ReadLineAsync());

        await Jailer.CrashAsync();

        Assert.Null(await prisoner.Output.ReadLineAsync());
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>An address of this host beside loopback, or loopback again.</summary>
    private static string OwnAddress() => System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(face => face.GetIPProperties().UnicastAddresses)
        .Select(address => address.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork
            && !IPAddress.IsLoopback(address))?.ToString() ?? "127.0.0.1";
}
