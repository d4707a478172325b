using Smcp.Hosting;

namespace Smcp.Data;

/// <summary>The key-value store of one instance's server, as its author's code asks for it.</summary>
internal sealed class GrainKeyValues(ValueParts parts, DataReach reach, TimeProvider time, ServerDataOptions options)
    : IServerKeyValues
{
    public async ValueTask<ServerValue?> GetAsync(string key, CancellationToken cancellationToken)
    {
        Check(key);
        var stored = await reach.AskAsync(() => parts.Of(key).GetAsync(key, cancellationToken));
        return stored is null
            ? null
            : new ServerValue(stored.Value, stored.Version, stored.ExpiresAt, stored.Metadata);
    }

    public async ValueTask<long> SetAsync(
        string key, ReadOnlyMemory<byte> value, ServerValueTerms? terms, CancellationToken cancellationToken)
    {
        Check(key);
        var write = new ValueWrite
        {
            Key = key,
            // The author may use the buffer again.
            Value = value.ToArray(),
            ExpiresAt = terms?.ExpiryAt(time.GetUtcNow()),
            Metadata = terms?.Metadata,
            ExpectedVersion = terms?.ExpectedVersion,
        };
        return VersionOf(await reach.AskAsync(() => parts.Of(key).SetAsync(write, cancellationToken)));
    }

    public async ValueTask<bool> DeleteAsync(string key, long? expectedVersion, CancellationToken cancellationToken)
    {
        Check(key);
        return VersionOf(await reach.AskAsync(
            () => parts.Of(key).DeleteAsync(key, expectedVersion, cancellationToken))) > 0;
    }

    public async ValueTask<ServerValuePage> ListAsync(
        string prefix, string? after, int countMax, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var count = Math.Clamp(countMax, 1, options.PageKeysMax);
        var page = await reach.AskAsync(
            async () => await parts.ListAsync(prefix, after, count, cancellationToken));
        return new ServerValuePage(
            [
                .. page.Items.Select(item => new ServerValueInfo(
                    item.Key, item.Bytes, item.Version, item.ExpiresAt, item.Metadata)),
            ],
            page.Next);
    }

    /// <summary>Here already: on its way a key that is not well-formed would become another one.</summary>
    private void Check(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        DataReach.ThrowIf(ValueRules.CheckKey(key, options.KeyBytesMax));
    }

    private static long VersionOf(ValueOutcome outcome)
    {
        DataReach.ThrowIf(outcome.Fault);
        return outcome.Version;
    }
}
