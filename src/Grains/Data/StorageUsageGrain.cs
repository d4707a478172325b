using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Data;

/// <summary>What a tenant's servers store: a durable count of each part, and their sum against the quota.</summary>
internal partial class StorageUsageGrain : IStorageUsageGrain, IGrainLifecycle
{
    private static readonly McpFault OverQuota =
        new(FaultReason.LimitExceeded, "The tenant's storage quota is used up.");

    private readonly IActivationContext _activation;
    private readonly Authorizer _authorizer;
    private readonly ServerDataOptions _options;
    private readonly ILogger _logger;
    private readonly TenantId _tenant;
    private readonly LogMap<StorageUsageEntry> _parts;
    private Task? _rewriting;
    private long _bytes;
    private bool _isBroken;

    public StorageUsageGrain(
        IActivationContext activation,
        Authorizer authorizer,
        IOptions<ServerDataOptions> options,
        ILogger<StorageUsageGrain> logger)
    {
        _activation = activation;
        _authorizer = authorizer;
        _options = options.Value;
        _logger = logger;
        _tenant = TenantId.Parse(activation.Key);
        _parts = new LogMap<StorageUsageEntry>(activation.Logs, $"storage-usage/{activation.Key}", OnWriteFailed);
    }

    public async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _parts.LoadAsync(cancellationToken);
        _bytes = _parts.Entries.Values.Sum(part => part.Bytes);
    }

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask<McpFault?> ReserveAsync(string source, long bytes, CancellationToken cancellationToken)
    {
        var bytesMax = await BytesMaxAsync(cancellationToken);

        // No await between the check and the count: what others reserve meanwhile is in it.
        var held = HeldBy(source);
        if (bytes > held && _bytes - held + bytes > bytesMax)
        {
            return OverQuota;
        }

        await CountAsync(source, bytes);
        return null;
    }

    public async ValueTask ReportAsync(string source, long bytes, CancellationToken cancellationToken) =>
        await CountAsync(source, bytes);

    public async ValueTask<StorageUsage> DescribeAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (_authorizer.Administer(context, _tenant, writes: false, AdminAreas.Data) is { } fault)
        {
            return new StorageUsage { Fault = fault };
        }

        var bytesMax = await BytesMaxAsync(cancellationToken);
        return new StorageUsage
        {
            Bytes = _bytes,
            BytesMax = bytesMax,
            Servers =
            [
                .. _parts.Entries.Values
                    .Select(part => (Source: DataSource.Parse(part.Source), part.Bytes))
                    .GroupBy(part => part.Source.Server)
                    .OrderBy(server => server.Key.ToString(), StringComparer.Ordinal)
                    .Select(server => new ServerStorageUsage
                    {
                        Server = server.Key,
                        ValueBytes = Sum(server, DataSource.Values),
                        ObjectBytes = Sum(server, DataSource.Objects),
                    }),
            ],
        };
    }

    private static long Sum(IEnumerable<(DataSource Source, long Bytes)> parts, string store) =>
        parts.Where(part => part.Source.Store == store).Sum(part => part.Bytes);

    private long HeldBy(string source) => _parts.Entries.GetValueOrDefault(source)?.Bytes ?? 0;

    private async ValueTask<long?> BytesMaxAsync(CancellationToken cancellationToken)
    {
        var tenant = await _activation.Grains.Locate<ITenantGrain>(_activation.Key).DescribeAsync(cancellationToken);
        return tenant.Quotas.StorageBytes;
    }

    private async Task CountAsync(string source, long bytes)
    {
        if (_isBroken)
        {
            throw new StorageUnavailableException("The count of what is stored could not be stored.");
        }

        if (HeldBy(source) == bytes)
        {
            return;
        }

        _bytes += bytes - HeldBy(source);
        await _parts.PutAsync(new StorageUsageEntry { Source = source, Bytes = bytes });
        if (_parts.Records > (2L * _parts.Entries.Count) + _options.LogSlack
            && _rewriting is not { IsCompleted: false })
        {
            await (_rewriting = _parts.RewriteAsync());
        }
    }

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, exception);
        _isBroken = true;
        _activation.Deactivate();
    }
}
