using System.Text.Json;
using Smcp.Identity;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>
/// The versions of a tenant, one record each, numbered as they are: the last is the tenant as it is. The log is the
/// platform's, and so outlives the tenant's keys. For one activation's scheduler only.
/// </summary>
internal sealed class TenantLog(ILogStorage storage, TenantId tenant)
{
    private readonly string _name = NameOf(tenant);
    private long _last;

    /// <summary>The version in force; of a built-in tenant, the first one without ever being written.</summary>
    public TenantRecord Current { get; private set; } = new()
    {
        Id = tenant,
        Status = IsBuiltIn(tenant) ? TenantStatus.Active : TenantStatus.None,
        Version = IsBuiltIn(tenant) ? 1 : 0,
        // Who runs the installation for himself has no quotas that he did not set.
        Configuration = new TenantConfiguration { Tier = IsBuiltIn(tenant) ? "enterprise" : "standard" },
    };

    /// <summary>The log of a tenant's versions.</summary>
    public static string NameOf(TenantId tenant) => $"{TenantDirectoryGrain.LogName}/{tenant}";

    public static bool IsBuiltIn(TenantId tenant) => tenant == TenantId.Default || tenant == TenantId.Platform;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        _last = (await storage.ExtentAsync(_name, cancellationToken)).Last;
        if (_last > 0 && (await storage.ReadAsync(_name, _last - 1, 1, cancellationToken)) is [var record])
        {
            Current = Read(record.Payload);
        }
    }

    /// <summary>Puts a version in force; durable when this returns.</summary>
    public async ValueTask AppendAsync(TenantRecord next, CancellationToken cancellationToken)
    {
        // A version that stood unwritten is written with the one that follows it: so numbers are versions.
        IReadOnlyList<TenantRecord> records = _last < Current.Version ? [Current, next] : [next];
        await storage.AppendAsync(_name, _last + 1, [.. records.Select(Write)], cancellationToken);
        _last = next.Version;
        Current = next;
    }

    /// <summary>Versions after a number, in order.</summary>
    public async ValueTask<IReadOnlyList<TenantRecord>> ReadAsync(
        long after, int countMax, CancellationToken cancellationToken)
    {
        if (_last == 0)
        {
            return Current.Version > after ? [Current] : [];
        }

        var records = new List<TenantRecord>();
        for (var position = after; records.Count < countMax;)
        {
            var read = await storage.ReadAsync(_name, position, countMax - records.Count, cancellationToken);
            if (read.Count == 0)
            {
                break;
            }

            records.AddRange(read.Select(record => Read(record.Payload)));
            position = read[^1].Sequence;
        }

        return records;
    }

    /// <summary>Drops all versions but the newest so many.</summary>
    public async ValueTask TrimAsync(long versionsMax, CancellationToken cancellationToken)
    {
        if (_last > versionsMax)
        {
            await storage.TrimAsync(_name, _last - versionsMax, cancellationToken);
        }
    }

    private static ReadOnlyMemory<byte> Write(TenantRecord record) =>
        JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Options);

    private static TenantRecord Read(ReadOnlyMemory<byte> payload) =>
        JsonSerializer.Deserialize<TenantRecord>(payload.Span, WireJson.Options)
        ?? throw new JsonException("A tenant's log holds a null.");
}
