using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Admin;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Runtimes.Jails;
using Smcp.Servers;
using Smcp.Servers.Health;

namespace Smcp.Threats;

/// <summary>The threats of the group Process.</summary>
internal static class ProcessThreats
{
    private const string Jail = "the jail";

    /// <summary>The program runs on the host, started by a shell.</summary>
    private static readonly Removal OfJail = Removal.OfService<IJails>(_ => new OpenJails());

    public static IReadOnlyList<JailThreat> All { get; } =
    [
        new("the environment of the host", Jail, OfJail, site => SaysAsync(
            site, "cat /proc/self/environ /proc/*/environ 2>/dev/null", JailSite.Canary)),
        new("the processes of the host", Jail, OfJail, site => SaysAsync(
            site, "cat /proc/*/comm", Process.GetCurrentProcess().ProcessName)),
        new("the secrets of another tenant's program", Jail, OfJail, ReadNeighbourAsync),
        new("the files of the host", Jail, OfJail, site => SaysAsync(
            site, $"cat {site.Secret} /proc/*/root{site.Secret} 2>/dev/null", JailSite.Canary)),
        new("a link to the files of the host", Jail, OfJail, site => SaysAsync(
            site, $"l=/tmp/$$; ln -s {site.Secret} $l; cat $l; rm $l", JailSite.Canary)),
        new("writing on the host", Jail, OfJail, site => WritesAsync(
            site, "written", place => site.RunAsync($"mkdir -p {site.Folder}; echo x > {place}"))),
        new("swap of the program that was deployed", Jail, OfJail, site => SaysAsync(
            site, $"chmod u+w . *; echo '# swapped' >> {Attacker.File} && tail -1 {Attacker.File}", "swapped")),
        new("a signal to a process of the host", Jail, OfJail, KillAsync),
        new("a daemon that outlives its session", Jail, OfJail, OutliveAsync),
        new("a variable that is for the host's loader", Jail, OfJail, site => WritesAsync(
            site, "loader", place => RunWithAsync(site, "loader", "env", new JsonObject
            {
                ["LD_DEBUG"] = "libs",
                ["LD_DEBUG_OUTPUT"] = place,
            }))),
        new("arguments that a shell would run", Jail, OfJail, site => WritesAsync(
            site, "argument", place => RunWithAsync(
                site, "argument", "args", new JsonArray("--", $"$(touch {place})", $";touch {place};")))),
        new("a fork bomb", "ProcessRuntimeOptions.TasksMax", Removal.OfLimit(("Smcp:Process:TasksMax", "1000")),
            site => ReachesAsync(
                site, 100,
                """
                my @all;
                for (1..100) { my $p = fork; last unless defined $p; if (!$p) { sleep 20; exit } push @all, $p }
                my $n = @all; kill 9, @all; wait for @all; $n
                """)),
        new("too many descriptors", "ProcessRuntimeOptions.OpenFilesMax",
            Removal.OfLimit(("Smcp:Process:OpenFilesMax", "4096")),
            site => ReachesAsync(
                site, 400,
                "my @all; for (1..400) { open(my $f, '<', '/dev/null') or last; push @all, $f } scalar @all")),
        new("a memory bomb", "ProcessRuntimeOptions.MemoryBytes",
            Removal.OfLimit(("Smcp:Process:MemoryBytes", $"{1 << 30}")),
            site => ReachesAsync(site, 200, "my @all; push @all, 'x' x 1_000_000 for 1..200; scalar @all")),
        new("a file that fills the disk", "ProcessRuntimeOptions.FileBytesMax",
            Removal.OfLimit(("Smcp:Process:FileBytesMax", $"{64 << 20}")),
            site => ReachesAsync(
                site, 12_000_000, "head -c 12000000 /dev/zero > /tmp/x; stat -c %s /tmp/x", "sh")),
        new("files that fill the disk", "ProcessRuntimeOptions.ScratchBytesMax",
            Removal.OfLimit(("Smcp:Process:ScratchBytesMax", $"{64 << 20}")),
            site => ReachesAsync(
                site, 24_000_000,
                "for i in 1 2 3 4; do head -c 6000000 /dev/zero > /tmp/$i; done; cat /tmp/[1-4] | wc -c", "sh")),
        new("a line without an end", "UpstreamRuntimeOptions.MessageBytesMax",
            Removal.OfLimit(("Smcp:Upstream:MessageBytesMax", $"{8 << 20}")),
            site => ReachesAsync(site, 1, """print "x" x 3_000_000, "\n"; 1""")),
        new("a flood of its standard error", "HealthOptions.LogBytesKept",
            Removal.OfLimit(
                ("Smcp:Health:LogBytesKept", $"{4 << 20}"), ("Smcp:Health:LogBatchBytesMax", $"{1 << 20}")),
            FloodAsync),
        new("a crash loop", "ProcessRuntimeOptions.RestartDelay",
            Removal.OfLimit(
                ("Smcp:Process:RestartDelay", "00:00:00.010"), ("Smcp:Process:RestartDelayMax", "00:00:00.010")),
            CrashAsync),
    ];

    private static async Task<bool> SaysAsync(JailSite site, string script, string wanted) =>
        (await site.RunAsync(script)).Contains(wanted, StringComparison.Ordinal);

    /// <summary>Whether a program had as much of something as it wanted.</summary>
    private static async Task<bool> ReachesAsync(JailSite site, int wanted, string script, string tool = "perl") =>
        int.TryParse(await site.RunAsync(script, tool), CultureInfo.InvariantCulture, out var had) && had >= wanted;

    /// <summary>Whether something on this host begins with a name, once a program had its way.</summary>
    private static async Task<bool> WritesAsync(JailSite site, string name, Func<string, Task> attack)
    {
        await attack(Path.Combine(site.Folder, name));
        return Directory.GetFiles(site.Folder, name + "*").Length > 0;
    }

    /// <summary>Runs the attacker with a member of its settings as the attack wants it.</summary>
    private static async Task RunWithAsync(JailSite site, string server, string member, JsonNode value)
    {
        var settings = JailSite.ProgramSettings();
        settings["process"]![member] = value;
        await site.DeployAsync(JailSite.Tenant, server, settings);

        // A loader that may not write its file says it all to the program's own output.
        Assert.Contains("up\n", await site.RunAsync("echo up", server: server), StringComparison.Ordinal);
    }

    private static async Task<bool> ReadNeighbourAsync(JailSite site)
    {
        var settings = JailSite.ProgramSettings();
        settings["process"]!["env"] = new JsonObject { ["TOKEN"] = "t0ken-of-the-neighbour" };
        await site.DeployAsync(JailSite.Neighbour, "program", settings);
        var neighbour = await site.OpenAsync("program", JailSite.Neighbour);
        Assert.Equal("t0ken-of-the-neighbour\n", await site.RunAsync(neighbour, "echo $TOKEN"));

        var seen = await SaysAsync(site, "cat /proc/[0-9]*/environ 2>/dev/null", "t0ken-of-the-neighbour");

        await JailSite.CloseAsync(neighbour);
        return seen;
    }

    private static async Task<bool> KillAsync(JailSite site)
    {
        using var victim = Process.Start("sleep", "60");
        await site.RunAsync($"kill -9 {victim.Id}");
        var isDead = victim.WaitForExit(TimeSpan.FromMilliseconds(500));
        if (!isDead)
        {
            victim.Kill();
        }

        return isDead;
    }

    private static async Task<bool> OutliveAsync(JailSite site)
    {
        var name = $"smcp-daemon-{Guid.NewGuid():N}";
        await site.RunAsync(
            $$"""
            use POSIX; pipe(my $up, my $ready);
            if (!fork) {
              POSIX::setsid(); $0 = "{{name}}"; $SIG{$_} = "IGNORE" for qw(HUP TERM INT PIPE);
              if (!fork) {
                open(STDIN, '<', '/dev/null'); open(STDOUT, '>', '/dev/null'); open(STDERR, '>', '/dev/null');
                syswrite $ready, "x"; sleep 10;
              }
              POSIX::_exit(0);
            }
            sysread $up, my $x, 1; wait; 1
            """,
            "perl");
        var closed = TimeProvider.System.GetTimestamp();
        while (IsRunning(name) && TimeProvider.System.GetElapsedTime(closed) < TimeSpan.FromSeconds(3))
        {
            await Task.Yield();
        }

        return IsRunning(name);
    }

    private static bool IsRunning(string name) => Directory.EnumerateDirectories("/proc")
        .Select(process => Path.Combine(process, "cmdline"))
        .Any(file =>
        {
            try
            {
                return File.Exists(file)
                    && File.ReadAllText(file).StartsWith(name, StringComparison.Ordinal);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        });

    private static async Task<bool> FloodAsync(JailSite site)
    {
        await site.DeployAsync(JailSite.Tenant, "loud", JailSite.ProgramSettings("shared"));
        await site.RunAsync("""print STDERR "x" x 1000, "\n" for 1..400; print STDERR "end\n"; 1""", "perl", "loud");
        var server = new ServerKey(TenantId.Parse(JailSite.Tenant), ServerId.Parse("loud"));
        var log = site.Services.GetRequiredService<IGrainLocator>().Locate<IServerLogGrain>(server.ToString());
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var page = await log.ReadAsync(
                AdminSite.ContextOf(JailSite.Tenant, "admin.*:*"), null, null, 1_000, default);
            if (page.Lines is [.., { Text: "end" }])
            {
                return page.Lines.Sum(line => line.Text.Length) > 100_000;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30), "It did not come.");
            await Task.Yield();
        }
    }

    private static async Task<bool> CrashAsync(JailSite site)
    {
        var settings = JailSite.ProgramSettings("shared");
        settings["process"]!["command"] = "/bin/false";
        await site.DeployAsync(JailSite.Tenant, "crashing", settings);
        var before = site.Starts;

        // Until it is plain that it rests: a start itself may take long on a busy machine.
        var (starts, since) = (before, TimeProvider.System.GetTimestamp());
        while (starts - before < 5 && TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(0.5))
        {
            await site.CallAsync(site.Client("crashing"), "sh");
            if (site.Starts != starts)
            {
                (starts, since) = (site.Starts, TimeProvider.System.GetTimestamp());
            }
        }

        return starts - before >= 5;
    }
}
