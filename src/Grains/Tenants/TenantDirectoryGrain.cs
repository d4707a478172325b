using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Storage;

namespace Smcp.Tenants;

/// <summary>Says which tenants there are. Of a tenant it knows nothing else: the tenant's own grain does.</summary>
internal partial class TenantDirectoryGrain : ITenantDirectoryGrain, IGrainLifecycle
{
    /// <summary>Under the platform's keys.</summary>
    public const string LogName = "directory/tenants";

    private readonly IActivationContext _activation;
    private readonly Authorizer _authorizer;
    private readonly TenantOptions _options;
    private readonly ILogger _logger;
    private readonly LogMap<TenantListing> _map;

    public TenantDirectoryGrain(
        IActivationContext activation,
        Authorizer authorizer,
        IOptions<TenantOptions> options,
        ILogger<TenantDirectoryGrain> logger)
    {
        _activation = activation;
        _authorizer = authorizer;
        _options = options.Value;
        _logger = logger;
        _map = new LogMap<TenantListing>(activation.Logs, LogName, OnWriteFailed);
    }

    public Task OnActivateAsync(CancellationToken cancellationToken) => _map.LoadAsync(cancellationToken);

    public Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask<TenantPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken)
    {
        if (_authorizer.Operate(context, context.Tenant, writes: false, AdminAreas.Tenants) is { } fault)
        {
            return new TenantPage { Fault = fault };
        }

        var (ids, next) = KeyPage.Of(
            _map.Entries.Keys
                .Union([TenantId.Default.ToString(), TenantId.Platform.ToString()])
                .Order(StringComparer.Ordinal),
            id => id,
            after,
            countMax);
        var tenants = new List<TenantEntry>(ids.Count);
        foreach (var id in ids)
        {
            var snapshot = await _activation.Grains.Locate<ITenantGrain>(id).DescribeAsync(cancellationToken);
            if (snapshot.Status != TenantStatus.None)
            {
                tenants.Add(EntryOf(id, snapshot));
            }
        }

        return new TenantPage { Tenants = tenants, Next = next };
    }

    public async ValueTask<McpFault?> AddAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (_map.Entries.ContainsKey(tenant.ToString()))
        {
            return null;
        }

        if (_map.Entries.Count >= _options.TenantsMax)
        {
            return new McpFault(FaultReason.LimitExceeded, "The installation has too many tenants.");
        }

        await _map.PutAsync(new TenantListing { Tenant = tenant.ToString() });
        return null;
    }

    private static TenantEntry EntryOf(string id, TenantSnapshot snapshot) => new()
    {
        Id = TenantId.Parse(id),
        Status = snapshot.Status,
        Version = snapshot.Version,
        Generation = snapshot.Generation,
        DisplayName = snapshot.Configuration.DisplayName,
        Tier = snapshot.Configuration.Tier,
    };

    private void OnWriteFailed(Exception exception)
    {
        LogWriteFailed(_logger, exception);
        _activation.Deactivate();
    }
}
