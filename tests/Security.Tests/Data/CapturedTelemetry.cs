using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Smcp.Data;

/// <summary>
/// Every span and every measurement of this process, as an exporter would get them: names, tags, events, baggage. What
/// the web server and the runtime tell is among it.
/// </summary>
internal sealed class CapturedTelemetry : IDisposable
{
    private readonly ConcurrentQueue<string> _spans = [];
    private readonly ConcurrentQueue<string> _measurements = [];
    private readonly ActivityListener _listener;
    private readonly MeterListener _meters = new();

    public CapturedTelemetry()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            SampleUsingParentId = (ref ActivityCreationOptions<string> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Take,
        };
        ActivitySource.AddActivityListener(_listener);
        _meters.InstrumentPublished = (instrument, meters) => meters.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<long>((of, value, tags, _) => Take(of, value, tags));
        _meters.SetMeasurementEventCallback<int>((of, value, tags, _) => Take(of, value, tags));
        _meters.SetMeasurementEventCallback<double>((of, value, tags, _) => Take(of, value, tags));
        _meters.Start();
    }

    public string Spans => string.Join('\n', _spans);

    public string Measurements
    {
        get
        {
            _meters.RecordObservableInstruments();
            return string.Join('\n', _measurements);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.Dispose();
    }

    private void Take(Activity span) => _spans.Enqueue(string.Join(' ', (IEnumerable<string>)
    [
        span.Source.Name, span.OperationName, span.DisplayName, $"{span.StatusDescription}", $"{span.TraceStateString}",
        .. span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"),
        .. span.Baggage.Select(tag => $"{tag.Key}={tag.Value}"),
        .. span.Events.SelectMany(happened => happened.Tags.Select(tag => $"{happened.Name}:{tag.Key}={tag.Value}")),
        .. span.Links.SelectMany(link => link.Tags ?? []).Select(tag => $"{tag.Key}={tag.Value}"),
    ]));

    private void Take<TValue>(Instrument of, TValue value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = $"{of.Meter.Name} {of.Name} {value}";
        foreach (var tag in tags)
        {
            text += $" {tag.Key}={tag.Value}";
        }

        _measurements.Enqueue(text);
    }
}
