using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Storage;

namespace Smcp.Data;

/// <summary>
/// A part of a server's key-value store: a log of what each key got, in memory while it is used. A write is one record,
/// so it happened or not. Bytes are reserved with the tenant before they are written, and given back after.
/// </summary>
internal partial class KeyValuesGrain : IKeyValuesGrain, IGrainLifecycle, IRemindable
{
    private const string Sweep = "sweep";

    /// <summary>Records of one write when the log is written anew: values are large.</summary>
    private const int RecordsPerRewrite = 32;

    private static readonly McpFault OtherVersion = new(FaultReason.Conflict, "The key has another version.");
    private static readonly McpFault Full = new(FaultReason.LimitExceeded, "The key-value store is full.");

    private readonly IActivationContext _activation;
    private readonly ServerDataOptions _options;
    private readonly ILogger _logger;
    private readonly StorageCount _count;
    private readonly LogMap<ValueEntry> _values;
    private long _bytes;
    private bool _isReminded;
    private bool _isBroken;

    public KeyValuesGrain(
        IActivationContext activation,
        IEngineFailures failures,
        IOptions<ServerDataOptions> options,
        ILogger<KeyValuesGrain> logger)
    {
        _activation = activation;
        _options = options.Value;
        _logger = logger;
        var key = DataPartKey.Parse(activation.Key);
        var source = new DataSource(key.Server, DataSource.Values, key.Part);
        _count = new StorageCount(
            activation, failures, key.Tenant, source, exception => LogNotReported(_logger, exception));
        _values = new LogMap<ValueEntry>(
            activation.Logs, $"key-values/{activation.Key}", OnWriteFailed, RecordsPerRewrite);
    }

    private DateTimeOffset Now => _activation.Time.GetUtcNow();

    public async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _values.LoadAsync(cancellationToken);
        _bytes = _values.Entries.Values.Sum(entry => entry.CountBytes());

        // A crash may have come between a reservation and its write.
        await _count.ReportAsync(_bytes, cancellationToken);
    }

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask<StoredValue?> GetAsync(string key, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return ValueTask.FromResult(Find(key) is { } entry
            ? new StoredValue
            {
                Value = entry.Value,
                Version = entry.Version,
                ExpiresAt = entry.ExpiresAt,
                Metadata = entry.Metadata,
            }
            : null);
    }

    public async ValueTask<ValueOutcome> SetAsync(ValueWrite write, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        if (ValueRules.Check(write, _options) is { } invalid)
        {
            return new ValueOutcome { Fault = invalid };
        }

        if (write.ExpectedVersion is { } expected && (Find(write.Key)?.Version ?? 0) != expected)
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
        var held = _values.Entries.GetValueOrDefault(write.Key);
        var bytes = _bytes - (held?.CountBytes() ?? 0) + entry.CountBytes();
        if (bytes > _options.PartBytesMax || (held is null && _values.Entries.Count >= _options.PartKeysMax))
        {
            return new ValueOutcome { Fault = Full };
        }

        if (bytes > _bytes && await _count.ReserveAsync(bytes, cancellationToken) is { } fault)
        {
            return new ValueOutcome { Fault = fault };
        }

        await RemindAsync(entry);
        await PutAsync(entry, bytes, cancellationToken);
        return new ValueOutcome { Version = entry.Version };
    }

    public async ValueTask<ValueOutcome> DeleteAsync(
        string key, long? expectedVersion, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        var version = Find(key)?.Version ?? 0;
        if (expectedVersion is { } expected && version != expected)
        {
            return new ValueOutcome { Fault = OtherVersion };
        }

        if (_values.Entries.TryGetValue(key, out var held))
        {
            var removal = new ValueEntry { Key = key, IsRemoved = true };
            await PutAsync(removal, _bytes - held.CountBytes(), cancellationToken);
        }

        return new ValueOutcome { Version = version };
    }

    public ValueTask<IReadOnlyList<ValueInfo>> ListAsync(
        string prefix, string? after, int countMax, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        var now = Now;
        IReadOnlyList<ValueInfo> page =
        [
            .. _values.Entries.Values
                .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal) && !entry.IsExpired(now)
                    && string.CompareOrdinal(entry.Key, after) > 0)
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Take(Math.Clamp(countMax, 1, _options.PageKeysMax + 1))
                .Select(entry => new ValueInfo
                {
                    Key = entry.Key,
                    Bytes = entry.Value.Length,
                    Version = entry.Version,
                    ExpiresAt = entry.ExpiresAt,
                    Metadata = entry.Metadata,
                }),
        ];
        return ValueTask.FromResult(page);
    }

    /// <summary>Removes what expired.</summary>
    public async Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        _isReminded = true;
        var now = Now;
        var expired = _values.Entries.Values.Where(entry => entry.IsExpired(now)).ToList();
        foreach (var entry in expired)
        {
            _bytes -= entry.CountBytes();
        }

        // All in one or two writes: the first is under way while the others are added.
        await Task.WhenAll(expired.Select(entry =>
            _values.PutAsync(new ValueEntry { Key = entry.Key, IsRemoved = true })));
        await CompactAsync();
        await _count.ReportAsync(_bytes, cancellationToken);
        if (!_values.Entries.Values.Any(entry => entry.ExpiresAt is not null))
        {
            _isReminded = false;
            await _activation.RemoveReminderAsync(Sweep);
        }
    }

    private ValueEntry? Find(string key) =>
        _values.Entries.TryGetValue(key, out var entry) && !entry.IsExpired(Now) ? entry : null;

    private async ValueTask PutAsync(ValueEntry entry, long bytes, CancellationToken cancellationToken)
    {
        var isLess = bytes < _bytes;
        await _values.PutAsync(entry);
        _bytes = bytes;
        await CompactAsync();
        if (isLess)
        {
            await _count.ReportAsync(_bytes, cancellationToken);
        }
    }

    private async Task CompactAsync()
    {
        if (_values.Records > (2L * _values.Entries.Count) + _options.LogSlack)
        {
            await _values.RewriteAsync();
        }
    }

    /// <summary>Before the write: what expires is swept although the process died right after it.</summary>
    private async ValueTask RemindAsync(ValueEntry entry)
    {
        if (entry.ExpiresAt is not null && !_isReminded)
        {
            await _activation.SetReminderAsync(Sweep, _options.SweepPeriod, _options.SweepPeriod);
            _isReminded = true;
        }
    }

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, exception);
        _isBroken = true;
        _activation.Deactivate();
    }

    /// <summary>After a failed write memory may be ahead of the log: the next activation reads it.</summary>
    private void ThrowIfBroken()
    {
        if (_isBroken)
        {
            throw new StorageUnavailableException("A write of the key-value store failed.");
        }
    }
}
