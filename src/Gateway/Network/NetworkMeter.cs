using System.Diagnostics.Metrics;

namespace Smcp.Network;

/// <summary>What the network layer counts. Tags are words of ours and of the configuration.</summary>
internal sealed class NetworkMeter : IDisposable
{
    private readonly Meter _meter = new(GatewayTelemetry.SourceName);
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _hits;

    public NetworkMeter()
    {
        _refusals = _meter.CreateCounter<long>(
            "smcp.gateway.network.refusals", "{request}", "Requests refused before their message was read.");
        _hits = _meter.CreateCounter<long>(
            "smcp.gateway.rules.hits", "{hit}", "Requests that a request rule met, by rule and action.");
    }

    public void Refused(string reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Hit(string rule, string action) => _hits.Add(
        1, new KeyValuePair<string, object?>("rule", rule), new KeyValuePair<string, object?>("action", action));

    public void Dispose() => _meter.Dispose();
}
