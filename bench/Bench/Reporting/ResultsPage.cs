using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Smcp.Bench.Measures;

namespace Smcp.Bench.Reporting;

/// <summary>Collects what was measured as Markdown, for bench/RESULTS.md and the terminal.</summary>
internal sealed class ResultsPage
{
    /// <summary>Before what other programs measured, which this one leaves as it is.</summary>
    private const string Others = "<!-- What follows was measured by other programs of this folder. -->";

    private readonly StringBuilder _text = new();

    public ResultsPage(DateTimeOffset now)
    {
        Line("# Results");
        Line();
        Line($"{now:yyyy-MM-dd}, {Machine()}, .NET {Environment.Version}.");
        Line("Made by `bench/run`, which writes this page anew, but for what other programs measured.");
        Line("Server and load generator share the machine, so calls per second understate a fast server; server CPU");
        Line("a call is the steadier figure. Keep ratios from one run: the candidates take turns in rounds, and");
        Line("medians stand here.");
    }

    public override string ToString() => _text.ToString();

    /// <summary>
    /// Writes the page anew, and keeps what others put there; or only what was measured, in the place of what stood
    /// there of it.
    /// </summary>
    public void WriteTo(string path, bool isWhole)
    {
        var before = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        var at = before.IndexOf(Others, StringComparison.Ordinal);
        var (page, others) = at < 0 ? (before, string.Empty) : (before[..at].TrimEnd() + '\n', "\n" + before[at..]);
        File.WriteAllText(path, (isWhole ? ToString() : PageSections.Merge(page, ToString())) + others);
    }

    /// <param name="title">Of the section.</param>
    /// <param name="beside">What the first row is called, which the others are held against.</param>
    /// <param name="rows">The figures.</param>
    public void Throughput(string title, string beside, IReadOnlyList<ThroughputRow> rows)
    {
        var floor = rows[0];
        Line();
        Line($"## {title}");
        Line();
        Line($"| candidate | calls/s | of {beside} | p50 ms | p99 ms | CPU µs a call | of {beside} | allocated "
            + "| RSS MiB |");
        Line("|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"| {row.Name} | {row.CallsPerSecond:F0} "
                + $"| {row.CallsPerSecond / floor.CallsPerSecond:F2} | {row.P50:F2} | {row.P99:F2} "
                + $"| {row.CpuMicroseconds:F1} | {row.CpuMicroseconds / floor.CpuMicroseconds:F2} "
                + $"| {Bytes(row.AllocatedBytes)} | {row.ResidentMiB:F0} |"));
        }
    }

    /// <summary>Smcp beside mcp-proxy: the second and the third of the rows, at each number of connections.</summary>
    public void BesideGateways(IEnumerable<IReadOnlyList<ThroughputRow>> measures)
    {
        Line();
        foreach (var rows in measures)
        {
            var (own, proxy, each, supergateway) = (rows[1], rows[2], rows[3], rows[4]);
            Line(string.Create(CultureInfo.InvariantCulture, $"At {own.Connections} connection"
                + $"{(own.Connections == 1 ? string.Empty : "s")}: "
                + $"{own.CallsPerSecond / proxy.CallsPerSecond:F1} times the calls of mcp-proxy at "
                + $"{own.CpuMicroseconds / proxy.CpuMicroseconds:F2} of its CPU a call, "
                + $"{each.CallsPerSecond / supergateway.CallsPerSecond:F1} times those of supergateway at "
                + $"{each.CpuMicroseconds / supergateway.CpuMicroseconds:F2}."));
        }
    }

    public void Instances(IEnumerable<InstanceMemoryRow> rows)
    {
        Line();
        Line("## Instances");
        Line();
        Line("Memory that one instance more takes in a jail of its own, bubblewrap included: MiB of its processes");
        Line("(PSS: what they share counts in parts), KiB of Smcp's heap, and how many of them a GiB holds.");
        Line();
        Line("| instance | before a call | heap | a GiB holds | after a call | heap | a GiB holds |");
        Line("|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Name}, {row.Instances} of them | {row.Idle:F1} | {row.OwnIdle * 1024:F0} "
                + $"| {row.IdlePerGiB:F0} | {row.Called:F1} | {row.OwnCalled * 1024:F0} | {row.CalledPerGiB:F0} |"));
        }
    }

    public void NoCluster()
    {
        Line();
        Line("## The cluster");
        Line();
        Line("Not measured: Microsoft Orleans did not restore, so there is no node (`./run --cluster` builds it).");
    }

    public void ColdStart(IEnumerable<(string Name, TimeSpan Ready, TimeSpan Answered)> rows)
    {
        Line();
        Line("## Cold start");
        Line();
        Line("| candidate | ready ms | first call answered ms |");
        Line("|---|---|---|");
        foreach (var (name, ready, answered) in rows)
        {
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {ready.TotalMilliseconds:F0} | {answered.TotalMilliseconds:F0} |"));
        }
    }

    public void WorkerStarts(IEnumerable<WorkerStartRow> rows)
    {
        Line();
        Line("## A worker's process");
        Line();
        Line("What one call takes in ms: where its process runs, where a jail must be made and the process started,");
        Line("where a jail was made before it was known for which worker (the default; p50, p95), and where a process");
        Line("that was started in advance takes its place (p50, p95).");
        Line();
        Line("| worker | runs | starts, jail too | starts | p95 | in advance | p95 |");
        Line("|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Name} | {row.Warm:F1} | {row.Whole:F1} | {row.Cold:F1} | {row.Cold95:F1} "
                + $"| {row.Pooled:F1} | {row.Pooled95:F1} |"));
        }
    }

    public void Sessions(SessionMemoryRow row)
    {
        Line();
        Line("## Memory of sessions");
        Line();
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Sessions} sessions: active {Bytes(row.HeapBytesActive)} of heap each "
            + $"({row.ResidentMiBActive:F1} MiB resident together); once idle they add "
            + $"{row.HeapMiBIdle:F1} MiB of heap together ({row.ResidentMiBIdle:F1} MiB resident)."));
    }

    public void NoisyNeighbour(NoisyNeighbourRow row)
    {
        Line();
        Line("## A noisy neighbour");
        Line();
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"A tenant's p99 is {row.Alone:F2} ms alone, {row.Limited:F2} ms ({row.Limited / row.Alone:F2} times) "
            + $"beside a tenant that asks for ten times its quota ({row.LoudPerSecond:F0} lists of a hundred notes a "
            + $"second), and "
            + $"{row.Unlimited:F2} ms ({row.Unlimited / row.Alone:F2} times) beside one that asks for as much and has "
            + $"no quota. Medians of five rounds each, in turn."));
    }

    public void Attacks(IReadOnlyList<JailAttackRow> rows)
    {
        Line();
        Line("## A neighbour's programs attack");
        Line();
        Line("p99 in ms of a tenant's calls (200 a second) while another tenant's three programs rest, while they");
        Line("attack from their jails, and while they attack without jails. Medians of five rounds each, in turn;");
        Line(string.Create(CultureInfo.InvariantCulture,
            $"from a jail it may be {JailAttack.RatioMax:F1} times that at rest, and without it must be more."));
        Line();
        Line("| attack | at rest | from jails | times | without jails | times | held |");
        Line("|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Name} | {row.Alone:F2} | {row.Jailed:F2} | {row.Ratio:F2} | {row.Free:F2} "
                + $"| {row.FreeRatio:F2} | {(row.IsHeld ? "yes" : "NO")} |"));
        }
    }

    public void Load(SessionLoadRow row)
    {
        Line();
        Line("## Sessions of all runtimes at once");
        Line();
        Line(string.Create(CultureInfo.InvariantCulture,
            $"{row.Sessions} sessions, a quarter of each runtime, each calling every five seconds for "
            + $"{row.Duration.TotalSeconds:F0} s. p95 may be 100 ms, and no call may fail. Memory of all processes"));
        Line(string.Create(CultureInfo.InvariantCulture,
            $"at the begin, the middle and the end, in MiB: {row.ResidentMiB[0]:F0}, "
            + $"{row.ResidentMiB[row.ResidentMiB.Count / 2]:F0}, {row.ResidentMiB[^1]:F0}."));
        Line();
        Line("| runtime | calls | errors | p50 ms | p95 ms | p99 ms |");
        Line("|---|---|---|---|---|---|");
        foreach (var (runtime, calls, errors, p50, p95, p99) in row.Runtimes)
        {
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {runtime} | {calls} | {errors} | {p50:F2} | {p95:F2} | {p99:F2} |"));
        }
    }

    public void Streams(StreamDeliveryRow row)
    {
        Line();
        Line("## Open streams");
        Line();
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Streams} GET streams, each of a session of its own, opened in "
            + $"{row.OpenedIn.TotalMilliseconds:F0} ms, cost {Bytes(row.HeapBytesEach)} of heap each, session included "
            + $"({row.ResidentMiB:F1} MiB resident together). One change of the list of tools reaches all of them in "
            + $"{row.DeliveredIn.TotalMilliseconds:F0} ms, each event durable before it is sent."));
    }

    private static string Bytes(double bytes) => bytes <= 0
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024:F1} KiB");

    private static string Machine()
    {
        const string cpuInfo = "/proc/cpuinfo";
        var model = !File.Exists(cpuInfo)
            ? null
            : File.ReadLines(cpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        var processor = model?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        return $"{Environment.ProcessorCount} cores of {processor}, {RuntimeInformation.OSDescription}";
    }

    private void Line(string text = "") => _text.Append(text).Append('\n');
}
