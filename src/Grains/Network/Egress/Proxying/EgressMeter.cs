using System.Diagnostics.Metrics;

namespace Smcp.Network.Egress.Proxying;

/// <summary>
/// What third-party servers do to other systems, over all of them: the tags are words of ours. Who was refused what, a
/// tenant's audit log has.
/// </summary>
internal sealed class EgressMeter : IDisposable
{
    public const string Name = "Smcp.Egress";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _connections;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _bytes;

    public EgressMeter()
    {
        _connections = _meter.CreateCounter<long>(
            "smcp.egress.connections", "{connection}", "Connections made for third-party servers.");
        _refusals = _meter.CreateCounter<long>(
            "smcp.egress.refusals", "{request}", "Requests of third-party servers that were refused, by reason.");
        _bytes = _meter.CreateCounter<long>(
            "smcp.egress.io", "By", "Bytes of these connections, by direction.");
    }

    public void Connected() => _connections.Add(1);

    public void Refused(string reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Moved(bool outwards, int bytes) => _bytes.Add(
        bytes, new KeyValuePair<string, object?>("direction", outwards ? "sent" : "received"));

    public void Dispose() => _meter.Dispose();
}
