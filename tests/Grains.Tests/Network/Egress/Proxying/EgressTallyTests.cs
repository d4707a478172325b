using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Smcp.Network.Egress.Proxying;

public sealed class EgressTallyTests
{
    [Fact]
    public void WhatMoves_IsCountedForItsServer_AndInTheMeterForAll()
    {
        using var meter = new EgressMeter();
        using var listener = new MeterListener();
        var counted = new ConcurrentQueue<string>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == EgressMeter.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted.Enqueue($"{instrument.Name} {value} {(tags.IsEmpty ? null : tags[0].Value)}".TrimEnd()));
        listener.Start();
        var (one, other) = (new EgressTally(meter), new EgressTally(meter));

        one.Connected();
        one.Moved(outwards: true, 10);
        other.Moved(outwards: false, 20);
        other.Refused("internal");

        Assert.Equal((1, 10, 0, 0), (one.Connections, one.Sent, one.Received, one.Refusals));
        Assert.Equal((0, 0, 20, 1), (other.Connections, other.Sent, other.Received, other.Refusals));
        string[] expected =
        [
            "smcp.egress.connections 1", "smcp.egress.io 10 sent", "smcp.egress.io 20 received",
            "smcp.egress.refusals 1 internal",
        ];
        Assert.All(expected, line => Assert.Contains(line, counted));
    }
}
