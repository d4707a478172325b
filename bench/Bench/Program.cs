using Smcp.Bench;
using Smcp.Bench.Measures;
using Smcp.Bench.Peers;
using Smcp.Bench.Processes;
using Smcp.Bench.Reporting;

int[] connectionCounts = [1, 16, 64];
var options = BenchOptions.Parse(args);
var page = new ResultsPage(TimeProvider.System.GetLocalNow());

if (options.Wants("throughput"))
{
    using var data = new BenchFolder();
    using var smcp = PeerServers.Smcp(data.Path);
    using var floor = PeerServers.BareKestrel();
    using var typeScript = PeerServers.TypeScript();
    var echo = EndpointOf(smcp.Url, "echo");
    var counter = EndpointOf(smcp.Url, "counter");
    Peer[] peers =
    [
        PeerServers.WithoutSession("(a) bare Kestrel", floor, floor.Url, ToolCall.Echo),
        PeerServers.InSession("Smcp, echo, sessions (2025-11-25)", smcp, echo, ToolCall.Echo),
        PeerServers.WithoutSession("Smcp, echo, no sessions (2026-07-28)", smcp, echo, ToolCall.Echo),
        PeerServers.InSession("Smcp, counter, a durable row a call", smcp, counter, ToolCall.Increment),
        PeerServers.InSession("(b) TypeScript SDK 1.32.2, sessions", typeScript, typeScript.Url, ToolCall.Echo),
    ];
    foreach (var connections in connectionCounts)
    {
        page.Throughput(
            connections == 1 ? "One connection" : $"{connections} connections",
            Throughput.Measure(peers, connections, options));
    }
}

if (options.Wants("start"))
{
    using var data = new BenchFolder();
    page.ColdStart(
    [
        Named("(a) bare Kestrel", ColdStart.Measure(PeerServers.BareKestrel, url => url)),
        Named("Smcp", ColdStart.Measure(() => PeerServers.Smcp(data.Path), url => EndpointOf(url, "echo"))),
        Named("(b) TypeScript SDK 1.32.2", ColdStart.Measure(PeerServers.TypeScript, url => url)),
    ]);
}

if (options.Wants("sessions"))
{
    using var data = new BenchFolder();
    using var smcp = PeerServers.Smcp(
        data.Path,
        $"--Smcp:Tenants:SessionsMax={options.IdleSessions * 2}", "--Smcp:Engine:IdleTimeout=00:00:30");
    page.Sessions(await SessionMemory.MeasureAsync(
        smcp, EndpointOf(smcp.Url, "echo"), options.IdleSessions, TimeSpan.FromMinutes(5)));
}

if (options.Wants("streams"))
{
    using var data = new BenchFolder();
    using var smcp = PeerServers.Smcp(data.Path, $"--Smcp:Tenants:SessionsMax={options.OpenStreams * 2}");
    page.Streams(StreamDelivery.Measure(
        smcp, EndpointOf(smcp.Url, "everything"), options.OpenStreams, broadcasts: 11));
}

Console.Write(page);
if (options is { IsQuick: false, Only.Count: 0 })
{
    File.WriteAllText(Path.Combine(Workspace.Root, "bench", "RESULTS.md"), page.ToString());
}

static Uri EndpointOf(Uri url, string server) => new(url, $"/t/default/s/{server}/mcp");

static (string, TimeSpan, TimeSpan) Named(string name, (TimeSpan Ready, TimeSpan Answered) times) =>
    (name, times.Ready, times.Answered);
