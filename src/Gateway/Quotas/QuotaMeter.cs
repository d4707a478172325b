using System.Diagnostics.Metrics;

namespace Smcp.Quotas;

/// <summary>What quotas count: refusals, by the limit that was met.</summary>
internal sealed class QuotaMeter : IDisposable
{
    private readonly Meter _meter = new(GatewayTelemetry.SourceName);
    private readonly Counter<long> _refusals;

    public QuotaMeter() => _refusals = _meter.CreateCounter<long>(
        "smcp.gateway.quota.refusals", "{request}", "Requests refused because a quota was used up.");

    public void Refused(string limit) => _refusals.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public void Dispose() => _meter.Dispose();
}
