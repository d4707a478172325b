using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Mcp;

namespace Smcp.Data;

/// <summary>
/// A part of a server's key-value store: a log of what each key got, whose keys are in memory while it is used. A write
/// is one record, so it happened or not. Bytes are reserved with the tenant before they are written, and given back
/// after.
/// </summary>
internal partial class KeyValuesGrain : IKeyValuesGrain, IGrainLifecycle, IRemindable
{
    /// <summary>Removals in one write.</summary>
    private const int RemovalsPerWrite = 512;

    private static readonly McpFault OtherVersion = new(FaultReason.Conflict, "The key has another version.");
    private static readonly McpFault Full = new(FaultReason.LimitExceeded, "The key-value store is full.");

    private readonly IActivationContext _activation;
    private readonly ServerDataOptions _options;
    private readonly ILogger _logger;
    private readonly DataPart _part;
    private readonly ValueLog _values;
    private long _bytes;

    public KeyValuesGrain(
        IActivationContext activation,
        IEngineFailures failures,
        IOptions<ServerDataOptions> options,
        ILogger<KeyValuesGrain> logger)
    {
        _activation = activation;
        _options = options.Value;
        _logger = logger;
        _part = new DataPart(
            activation, failures, _options, DataSource.Values, exception => LogNotReported(_logger, exception));
        _values = new ValueLog(activation.Logs, $"key-values/{activation.Key}", OnWriteFailed);
    }

    private DateTimeOffset Now => _activation.Time.GetUtcNow();

    public async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _values.LoadAsync(cancellationToken);
        _bytes = _values.Slots.Values.Sum(slot => slot.CountBytes());

        // A crash may have come between a reservation and its write.
        await _part.Count.ReportAsync(_bytes, cancellationToken);
    }

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask<StoredValue?> GetAsync(string key, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        return Find(key) is { Entry: var entry } slot
            ? new StoredValue
            {
                Value = await _values.ReadAsync(slot, cancellationToken),
                Version = entry.Version,
                ExpiresAt = entry.ExpiresAt,
                Metadata = entry.Metadata,
            }
            : null;
    }

    public async ValueTask<ValueOutcome> SetAsync(ValueWrite write, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        if (ValueRules.Check(write, _options) is { } invalid)
        {
            return new ValueOutcome { Fault = invalid };
        }

        if (write.ExpectedVersion is { } expected && (Find(write.Key)?.Entry.Version ?? 0) != expected)
        {
            return new ValueOutcome { Fault = OtherVersion };
        }

        var entry = new ValueEntry
        {
            Key = write.Key,
            Value = write.Value,
            ExpiresAt = write.ExpiresAt,
            Metadata = write.Metadata,

            // The number of its record: it is not used again, even for a key that was removed.
            Version = _values.Last + 1,
        };
        var held = _values.Slots.GetValueOrDefault(write.Key);
        var bytes = _bytes - (held?.CountBytes() ?? 0) + new ValueSlot(entry, entry.Value.Length, 0).CountBytes();
        if (bytes > _options.PartBytesMax || (held is null && _values.Slots.Count >= _options.PartKeysMax))
        {
            return new ValueOutcome { Fault = Full };
        }

        if (bytes > _bytes && await _part.Count.ReserveAsync(bytes, cancellationToken) is { } fault)
        {
            return new ValueOutcome { Fault = fault };
        }

        if (entry.ExpiresAt is not null)
        {
            await _part.RemindAsync();
        }

        await PutAsync(entry, bytes, cancellationToken);
        return new ValueOutcome { Version = entry.Version };
    }

    public async ValueTask<ValueOutcome> DeleteAsync(
        string key, long? expectedVersion, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        var version = Find(key)?.Entry.Version ?? 0;
        if (expectedVersion is { } expected && version != expected)
        {
            return new ValueOutcome { Fault = OtherVersion };
        }

        if (_values.Slots.TryGetValue(key, out var held))
        {
            var removal = new ValueEntry { Key = key, IsRemoved = true };
            await PutAsync(removal, _bytes - held.CountBytes(), cancellationToken);
        }

        return new ValueOutcome { Version = version };
    }

    public ValueTask<IReadOnlyList<ValueInfo>> ListAsync(
        string prefix, string? after, int countMax, CancellationToken cancellationToken)
    {
        _part.ThrowIfBroken();
        var now = Now;
        IReadOnlyList<ValueInfo> page =
        [
            .. _values.Slots
                .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && !pair.Value.IsExpired(now)
                    && string.CompareOrdinal(pair.Key, after) > 0)
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(Math.Clamp(countMax, 1, _options.PageKeysMax + 1))
                .Select(pair => new ValueInfo
                {
                    Key = pair.Key,
                    Bytes = pair.Value.ValueBytes,
                    Version = pair.Value.Entry.Version,
                    ExpiresAt = pair.Value.Entry.ExpiresAt,
                    Metadata = pair.Value.Entry.Metadata,
                }),
        ];
        return ValueTask.FromResult(page);
    }

    /// <summary>Removes what expired.</summary>
    public async Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        _part.BeginSweep();
        var now = Now;
        var expired = _values.Slots.Values.Where(slot => slot.IsExpired(now)).ToList();
        foreach (var removed in expired.Chunk(RemovalsPerWrite))
        {
            await _values.PutAsync(
                [.. removed.Select(slot => new ValueEntry { Key = slot.Entry.Key, IsRemoved = true })]);
            _bytes -= removed.Sum(slot => slot.CountBytes());
        }

        await CompactAsync();
        await _part.Count.ReportAsync(_bytes, cancellationToken);
        if (!_values.Slots.Values.Any(slot => slot.Entry.ExpiresAt is not null))
        {
            await _part.EndSweepsAsync();
        }
    }

    private ValueSlot? Find(string key) =>
        _values.Slots.TryGetValue(key, out var slot) && !slot.IsExpired(Now) ? slot : null;

    private async ValueTask PutAsync(ValueEntry entry, long bytes, CancellationToken cancellationToken)
    {
        var isLess = bytes < _bytes;
        await _values.PutAsync([entry]);
        _bytes = bytes;
        await CompactAsync();
        if (isLess)
        {
            await _part.Count.ReportAsync(_bytes, cancellationToken);
        }
    }

    private async Task CompactAsync()
    {
        if (_part.IsLong(_values.Records, _values.Slots.Count))
        {
            await _values.RewriteAsync();
        }
    }

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, exception);
        _part.Break();
    }
}
