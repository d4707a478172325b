using Smcp.Jailer.Orders;
using Smcp.Jailer.Testing;

namespace Smcp.Jailer.Jails;

/// <summary>What a jail does for an honest program.</summary>
public sealed class JailTests : IAsyncLifetime
{
    private JailerUnderTest _jailer = null!;

    public async Task InitializeAsync()
    {
        if (JailFactAttribute.Hindrance is null)
        {
            _jailer = await JailerUnderTest.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (_jailer is not null)
        {
            await _jailer.DisposeAsync();
        }
    }

    [JailFact]
    public async Task Probe_SaysTheLevel()
    {
        var ready = await _jailer.ProbeAsync();

        Assert.True(ready.Level is JailLevel.Full or JailLevel.User, string.Join("; ", ready.Problems));
        Assert.Equal(Environment.IsPrivilegedProcess, ready.Level == JailLevel.Full);
    }

    [JailFact]
    public async Task Program_SaysWhatItHasToSay_AndEndsWithItsCode()
    {
        var run = await _jailer.RunAsync("echo out; echo err >&2; exit 7");

        Assert.Equal(("out\n", "err\n", 7), (run.Output, run.Error, run.End.Code));
        Assert.False(run.End.OutOfMemory);
    }

    [JailFact]
    public async Task Input_IsReadToItsEnd()
    {
        await using var prisoner = await _jailer.StartAsync(Testing.Orders.Program(null, "cat"));

        await prisoner.Input.WriteAsync("hello"u8.ToArray());
        await prisoner.Input.DisposeAsync();

        Assert.Equal("hello", (await prisoner.RunAsync()).Output);
    }

    [JailFact]
    public async Task Environment_IsWhatWasOrdered()
    {
        var run = await _jailer.RunAsync(Testing.Orders.Shell("env | sort") with
        {
            Environment = new Dictionary<string, string> { ["TOKEN"] = "a b\nc", ["HOME"] = "/data" },
        });

        Assert.Equal(
            "HOME=/data\nLANG=C.UTF-8\nPATH=/usr/local/bin:/usr/bin:/bin\nPWD=/\nTMPDIR=/tmp\nTOKEN=a b\nc\n",
            run.Output);
    }

    [JailFact]
    public async Task Folder_IsReadAndNotWritten()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_jailer.Folder, "image"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.txt"), "content");

        var run = await _jailer.RunAsync(Testing.Orders.Shell("cat a.txt; touch /app/b || echo refused") with
        {
            Folders = [new JailMount(folder.FullName, "/app")],
            WorkingFolder = "/app",
        });

        Assert.Equal("contentrefused\n", run.Output);
    }

    [JailFact]
    public async Task Scratch_IsWrittenUpToItsSize()
    {
        var run = await _jailer.RunAsync(Testing.Orders.Shell(
            "echo x > /data/x && cat /data/x; head -c 2000000 /dev/zero > /data/y || stat -c %s /data/y") with
        {
            Scratch = [new JailScratch("/data", 1 << 20)],
        });

        Assert.StartsWith("x\n", run.Output, StringComparison.Ordinal);
        Assert.InRange(int.Parse(run.Output.Split('\n')[1], null), 1, 1 << 20);
    }

    [JailFact]
    public async Task Port_IsServedFromOutside()
    {
        await using var prisoner = await _jailer.StartAsync(Testing.Orders.Perl(
            """
            use IO::Socket::INET;
            my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1:3128") or die "no: $!";
            print $s "ping\n"; $s->flush; print scalar <$s>;
            """) with
        {
            Ports = [3128],
        });
        using var socket = await prisoner.Listeners.Single().AcceptAsync();
        var buffer = new byte[5];
        var read = await socket.ReceiveAsync(buffer);
        Assert.Equal("ping\n"u8.ToArray(), buffer[..read]);
        await socket.SendAsync("pong\n"u8.ToArray());

        Assert.Equal("pong\n", (await prisoner.RunAsync()).Output);
    }

    [JailFact]
    public async Task Usage_IsMeasured()
    {
        await using var prisoner = await _jailer.StartAsync(
            Testing.Orders.Perl("""$x = "x" x 20000000; $i++ for 1..3000000; $|=1; print "done\n"; <STDIN>"""));
        Assert.Equal("done", await prisoner.Output.ReadLineAsync());

        await prisoner.AskAsync(JailRequestKind.Measure);
        var use = (await prisoner.NextAsync())!.Use!;

        Assert.InRange(use.MemoryBytes, 20_000_000, 128 << 20);
        Assert.InRange(use.CpuMicroseconds, 10_000, 60_000_000);
    }

    [JailFact]
    public async Task Descriptors_OfTheJailerAreNotInherited()
    {
        var run = await _jailer.RunAsync("ls /proc/self/fd");

        // Its own three, and the folder that ls reads.
        Assert.Equal("0\n1\n2\n3\n", run.Output);
    }

    [JailFact]
    public async Task Kill_EndsIt()
    {
        await using var prisoner = await _jailer.StartAsync(Testing.Orders.Shell("trap '' TERM; echo up; cat"));
        Assert.Equal("up", await prisoner.Output.ReadLineAsync());

        await prisoner.AskAsync(JailRequestKind.Kill);

        Assert.Equal(128 + 9, (await prisoner.RunAsync()).End.Code);
    }

    [JailFact]
    public async Task Life_Ends()
    {
        var run = await _jailer.RunAsync("cat /dev/zero", Testing.Orders.Bounds with { LifeSeconds = 1 });

        Assert.True(run.End.OutOfTime);
    }
}
