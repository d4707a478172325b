using Smcp.Bench;
using Smcp.Bench.Measures;
using Smcp.Bench.Peers;
using Smcp.Bench.Processes;
using Smcp.Bench.Reporting;

if (BenchOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(
        $"bench/run [--quick] [--check] [--connections N…] [--only {string.Join('|', BenchOptions.Measures)} …]");
    return 2;
}

var page = new ResultsPage(TimeProvider.System.GetLocalNow());
var isHeld = true;
if (options.Wants("throughput"))
{
    Comparisons.Protocols(page, options);
}

if (options.Wants("identity"))
{
    await Comparisons.IdentityAsync(page, options);
}

if (options.Wants("noisy"))
{
    using var data = new BenchFolder();
    using var smcp = PeerServers.Smcp(data.Path);
    using var operators = new OperatorClient(smcp.Url, data.Path);
    page.NoisyNeighbour(await NoisyNeighbour.MeasureAsync(smcp, operators, options.WarmUp, options.Round));
}

if (options.Wants("process"))
{
    await RuntimeComparisons.ProcessAsync(page, options);
}

if (options.Wants("worker"))
{
    await RuntimeComparisons.WorkerAsync(page, options);
}

if (options.Wants("remote"))
{
    await RuntimeComparisons.RemoteAsync(page, options);
}

if (options.Wants("instances"))
{
    page.Instances(
    [
        await InstanceMemory.MeasureAsync(
            "process: Node without a package", StdioServer.Bundled(stateless: false, "session"), "node",
            options.Instances),
        await InstanceMemory.MeasureAsync(
            "worker: tools that a module exports", WorkerBundles.Exported("session"), "workerd", options.Instances),
        await InstanceMemory.MeasureAsync(
            "worker: TypeScript SDK 1.32.2, bundled", WorkerBundles.WithSdk("session"), "workerd", options.Instances),
    ]);
}

if (options.Wants("attack"))
{
    var attacks = await JailAttack.MeasureAsync(options.WarmUp, options.Round);
    isHeld &= attacks.All(row => row.IsHeld);
    page.Attacks(attacks);
}

if (options.Wants("cluster") && ClusterServers.AreBuilt)
{
    Comparisons.Cluster(page, options);
}
else if (options.Wants("cluster"))
{
    page.NoCluster();
}

if (options.Wants("start"))
{
    using var data = new BenchFolder();
    page.ColdStart(
    [
        Named("(a) bare Kestrel", ColdStart.Measure(PeerServers.BareKestrel, url => url)),
        Named("Smcp, empty store", ColdStart.Measure(() => PeerServers.Smcp(data.Path), PeerServers.EchoOf)),
        Named("Smcp, again", ColdStart.Measure(() => PeerServers.Smcp(data.Path), PeerServers.EchoOf)),
        Named("(b) TypeScript SDK 1.32.2", ColdStart.Measure(PeerServers.TypeScript, url => url)),
    ]);
}

if (options.Wants("worker-cold"))
{
    page.WorkerStarts(
    [
        await WorkerStart.MeasureAsync("tools that a module exports", WorkerBundles.Exported(), options.ColdStarts),
        await WorkerStart.MeasureAsync("TypeScript SDK 1.32.2, bundled", WorkerBundles.WithSdk(), options.ColdStarts),
    ]);
}

if (options.Wants("sessions"))
{
    using var data = new BenchFolder();
    using var smcp = PeerServers.Smcp(
        data.Path,
        $"--Smcp:Tenants:SessionsMax={options.IdleSessions * 2}", "--Smcp:Engine:IdleTimeout=00:00:30");
    page.Sessions(await SessionMemory.MeasureAsync(
        smcp, PeerServers.EchoOf(smcp.Url), options.IdleSessions, TimeSpan.FromMinutes(5)));
}

if (options.Wants("streams"))
{
    using var data = new BenchFolder();
    using var smcp = PeerServers.Smcp(data.Path, $"--Smcp:Tenants:SessionsMax={options.OpenStreams * 2}");
    page.Streams(StreamDelivery.Measure(
        smcp, PeerServers.EndpointOf(smcp.Url, "everything"), options.OpenStreams, broadcasts: 11));
}

if (options.Wants("load"))
{
    var load = await SessionLoad.MeasureAsync(sessions: 1_000, options.Load);
    isHeld &= load.IsHeld;
    page.Load(load);
}

Console.Write(page);
if (options.IsLong)
{
    page.WriteTo(Path.Combine(Workspace.Root, "bench", "RESULTS.md"), options.IsWhole);
}

return options.IsCheck && !isHeld ? 1 : 0;

static (string, TimeSpan, TimeSpan) Named(string name, (TimeSpan Ready, TimeSpan Answered) times) =>
    (name, times.Ready, times.Answered);
