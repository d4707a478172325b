using System.Globalization;
using Smcp.EndToEnd.Crash;

namespace Smcp.Testing;

/// <summary>Fifty sessions at work, one fault, and what it broke of the product's promises.</summary>
internal sealed class FaultRound(FaultCluster cluster, FaultKind kind, int seed)
{
    private const int EffectClients = 40;
    private const int StreamClients = 10;
    private const string StreamServer = "everything";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ServedPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    private readonly Random _random = new(seed);
    private readonly RequestLog _log = new();
    private readonly EffectHistory _effects = new();

    public async Task<FaultOutcome> RunAsync(CancellationToken cancellationToken)
    {
        // An earlier round that broke off may have left nodes out.
        await cluster.RestoreAsync();
        var server = string.Create(CultureInfo.InvariantCulture, $"effects-{(uint)seed}");
        await cluster.DeployCounterAsync(server);
        await using var balancer = new FaultBalancer(cluster.GatewayNodes);
        var counters = Enumerable.Range(0, EffectClients)
            .Select(n => new EffectClient($"e{n}", server, balancer, _log, cluster.Key, _effects)).ToList();
        var streamers = Enumerable.Range(0, StreamClients)
            .Select(n => new StreamClient($"s{n}", StreamServer, balancer, _log, cluster.Key)).ToList();
        FaultClient[] clients = [.. counters, .. streamers];
        try
        {
            await Task.WhenAll(clients.Select(client => client.OpenAsync(cancellationToken)));
            var usable = await WorkAsync(clients, cancellationToken);
            await cluster.RestoreAsync();
            await VerifyAsync(counters[0], cancellationToken);
            return new FaultOutcome
            {
                Kind = kind,
                Seed = seed,
                Requests = _log.Count,
                Acknowledged = _effects.Acknowledged,
                Streams = streamers.Sum(streamer => streamer.Streams),
                UsableAfter = usable,
                Problems = _log.Problems(),
                Broken = [.. _log.Broken],
                Load = MachineLoad.OfTheLastMinute,
            };
        }
        finally
        {
            Array.ForEach(clients, client => client.Dispose());
        }
    }

    /// <summary>The clients work, the fault happens, and they work on until each was served again.</summary>
    private async Task<TimeSpan> WorkAsync(FaultClient[] clients, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var begunAt = TimeProvider.System.GetTimestamp();
        var work = Task.WhenAll(clients.Select(client => client.WorkAsync(stop.Token)));
        try
        {
            await ServedAsync(clients, begunAt, "before the fault", cancellationToken);
            var faults = new Faults(cluster, _random);
            var struckAt = await faults.StrikeAsync(kind, cancellationToken);
            await ServedAsync(clients, struckAt, "after the fault", cancellationToken);
            await WaitAsync(Aftermath, cancellationToken);
            // A client that follows a stream waits for the end of a lost call: its session is usable before.
            return _log.UsableAfter(struckAt, [.. clients.OfType<EffectClient>().Select(client => client.Name)]);
        }
        finally
        {
            await stop.CancelAsync();
            await work;
        }
    }

    private async Task VerifyAsync(EffectClient counter, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var violation in _effects.Violations(await counter.HistoryAsync(cancellationToken)))
            {
                _log.NoteBroken(violation);
            }
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or InvalidOperationException or RefusedException)
        {
            _log.NoteBroken($"what was promised cannot be read: {exception.Message}");
        }
    }

    private async Task ServedAsync(
        FaultClient[] clients, long moment, string when, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        var begunAt = TimeProvider.System.GetTimestamp();
        string[] names = [.. clients.Select(client => client.Name)];
        while (!_log.AllServedSince(names, moment))
        {
            if (TimeProvider.System.GetElapsedTime(begunAt) > ServedPatience)
            {
                _log.NoteBroken($"not every session was served {when} within {ServedPatience}");
                return;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    internal static async Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(time, TimeProvider.System);
        await timer.WaitForNextTickAsync(cancellationToken);
    }
}
