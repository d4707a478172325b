using System.Text.Json;
using Smcp.Hosting.State;

namespace Smcp.Hosting.Data;

/// <summary>
/// The key-value store of a server that no grain hosts: one state that holds it all, written whole. For a server's
/// author, who has few keys.
/// </summary>
internal sealed class StateKeyValues(IServerStateStore store, TimeProvider time) : IServerKeyValues
{
    private const string StateName = "smcp.key-values";
    private const int KeyLengthMax = 512;
    private const int ValueBytesMax = 32_768;
    private const int MetadataLengthMax = 1_024;

    private readonly Turns _turns = new();
    private KeptValues? _kept;
    private long _stored;

    public async ValueTask<ServerValue?> GetAsync(string key, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var kept = await LiveAsync(cancellationToken);
        return kept.TryGetValue(key, out var value)
            ? new ServerValue(value.Value, value.Version, value.ExpiresAt, value.Metadata)
            : null;
    }

    public ValueTask<long> SetAsync(
        string key, ReadOnlyMemory<byte> value, ServerValueTerms? terms, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, KeyLengthMax, nameof(key));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, ValueBytesMax, nameof(value));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            terms?.Metadata?.Length ?? 0, MetadataLengthMax, nameof(terms));
        var kept = new KeptValue(value.ToArray(), 0, terms?.ExpiryAt(time.GetUtcNow()), terms?.Metadata);
        return ChangeAsync(
            key,
            terms?.ExpectedVersion,
            (values, version) =>
            {
                values[key] = kept with { Version = version };
                return version;
            },
            cancellationToken);
    }

    public ValueTask<bool> DeleteAsync(string key, long? expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return ChangeAsync(key, expectedVersion, (values, _) => values.Remove(key), cancellationToken);
    }

    public async ValueTask<ServerValuePage> ListAsync(
        string prefix, string? after, int countMax, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var found = (await LiveAsync(cancellationToken))
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)
                && string.CompareOrdinal(pair.Key, after) > 0)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new ServerValueInfo(
                pair.Key,
                pair.Value.Value.Length,
                pair.Value.Version,
                pair.Value.ExpiresAt,
                pair.Value.Metadata))
            .ToList();
        var page = found.Take(Math.Clamp(countMax, 1, 256)).ToList();
        return new ServerValuePage(page, page.Count < found.Count ? page[^1].Key : null);
    }

    private ValueTask<Dictionary<string, KeptValue>> LiveAsync(CancellationToken cancellationToken) =>
        _turns.RunAsync(async () => Live(await LoadAsync(cancellationToken)));

    private ValueTask<T> ChangeAsync<T>(
        string key,
        long? expectedVersion,
        Func<Dictionary<string, KeptValue>, long, T> change,
        CancellationToken cancellationToken) => _turns.RunAsync(async () =>
    {
        var kept = await LoadAsync(cancellationToken);
        var values = Live(kept);
        if (expectedVersion is { } expected && (values.GetValueOrDefault(key)?.Version ?? 0) != expected)
        {
            throw new ServerDataConflictException("The key has another version.");
        }

        var outcome = change(values, kept.LastVersion + 1);
        var next = new KeptValues(kept.LastVersion + 1, values);

        // After a failure what stands there is read again.
        _kept = null;
        _stored = await store.WriteAsync(
            StateName,
            JsonSerializer.SerializeToUtf8Bytes(next, JsonSerializerOptions.Web),
            _stored,
            CancellationToken.None);
        _kept = next;
        return outcome;
    });

    private async ValueTask<KeptValues> LoadAsync(CancellationToken cancellationToken)
    {
        if (_kept is null)
        {
            var row = await store.ReadAsync(StateName, cancellationToken);
            _stored = row?.Version ?? 0;
            _kept = row is null
                ? new KeptValues(0, [])
                : JsonSerializer.Deserialize<KeptValues>(row.Payload.Span, JsonSerializerOptions.Web)!;
        }

        return _kept;
    }

    private Dictionary<string, KeptValue> Live(KeptValues kept)
    {
        var now = time.GetUtcNow();
        return kept.Values.Where(pair => !(pair.Value.ExpiresAt <= now))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
    }

    private sealed record KeptValues(long LastVersion, Dictionary<string, KeptValue> Values);

    private sealed record KeptValue(byte[] Value, long Version, DateTimeOffset? ExpiresAt, string? Metadata);
}
