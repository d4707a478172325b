using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Servers;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Security.Secrets;

/// <summary>
/// A tenant's secrets: a row each, and their names in this grain's state. A name is durable before its row is, and goes
/// after it: a secret that nobody can list would be one nobody can delete. Values are held by nobody here.
/// </summary>
internal class SecretsGrain : ISecretsGrain
{
    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such secret.");

    private readonly IActivationContext _activation;
    private readonly Authorizer _authorizer;
    private readonly SecretAudit _audit;
    private readonly SecretOptions _options;
    private readonly TenantId _tenant;
    private readonly SecretRows _rows;
    private readonly IGrainState<SecretsState> _state;

    public SecretsGrain(
        IActivationContext activation,
        Authorizer authorizer,
        SecretAudit audit,
        IGrainStorage storage,
        IOptions<SecretOptions> options)
    {
        _activation = activation;
        _authorizer = authorizer;
        _audit = audit;
        _options = options.Value;
        _tenant = TenantId.Parse(activation.Key);
        _rows = new SecretRows(storage, _tenant);
        _state = activation.State<SecretsState>("secrets");
    }

    private IReadOnlyList<string> Names => _state.Value.Names;

    public async ValueTask<SecretOutcome> SetAsync(
        CallContext context, SecretWrite write, CancellationToken cancellationToken)
    {
        var fault = _authorizer.Administer(context, _tenant, writes: true, AdminAreas.Secrets)
            ?? SecretRules.Check(write, _options)
            ?? await CheckRoomAsync(write.Name, cancellationToken);
        if (fault is not null)
        {
            return new SecretOutcome { Fault = fault };
        }

        var (row, rowVersion) = await _rows.ReadAsync(write.Name, cancellationToken);
        if ((write.Value ?? row?.Value) is not { } value)
        {
            return new SecretOutcome { Fault = Unknown };
        }

        var next = new SecretRow { Info = Next(row?.Info, write), Value = value };
        await StoreAsync(next, rowVersion, cancellationToken);
        return new SecretOutcome { Info = next.Info };
    }

    public async ValueTask<SecretOutcome> GrantAsync(
        CallContext context, string name, ServerId server, bool isGranted, CancellationToken cancellationToken)
    {
        if (_authorizer.Administer(context, _tenant, writes: true, AdminAreas.Secrets) is { } fault)
        {
            return new SecretOutcome { Fault = fault };
        }

        var (row, _) = SecretName.IsValid(name) ? await _rows.ReadAsync(name, cancellationToken) : default;
        if (row is null)
        {
            return new SecretOutcome { Fault = Unknown };
        }

        var others = row.Info.Servers.Where(other => other != server);
        var write = new SecretWrite { Name = name, Servers = [.. isGranted ? others.Append(server) : others] };
        return await SetAsync(context, write, cancellationToken);
    }

    public async ValueTask<McpFault?> DeleteAsync(
        CallContext context, string name, CancellationToken cancellationToken)
    {
        if (_authorizer.Administer(context, _tenant, writes: true, AdminAreas.Secrets) is { } fault)
        {
            return fault;
        }

        if (!Names.Contains(name))
        {
            return Unknown;
        }

        var (row, rowVersion) = await _rows.ReadAsync(name, cancellationToken);
        if (row is not null)
        {
            await _rows.ClearAsync(name, rowVersion, cancellationToken);
        }

        await SetNamesAsync(Names.Where(known => known != name), cancellationToken);
        return null;
    }

    public async ValueTask<SecretList> ListAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (_authorizer.Administer(context, _tenant, writes: false, AdminAreas.Secrets) is { } fault)
        {
            return new SecretList { Fault = fault };
        }

        var secrets = new List<SecretInfo>(Names.Count);
        foreach (var name in Names)
        {
            if ((await _rows.ReadAsync(name, cancellationToken)).Row is { } row)
            {
                secrets.Add(row.Info);
            }
        }

        return new SecretList { Secrets = secrets };
    }

    public async ValueTask<IReadOnlyList<OpenedSecret>> OpenAsync(
        ServerId server, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var opened = new List<OpenedSecret>();
        foreach (var name in names.Where(SecretName.IsValid).Distinct().Take(_options.SecretsMax))
        {
            // From its row each time: what was taken back is taken back, whichever activation is asked.
            if ((await _rows.ReadAsync(name, cancellationToken)).Row is not { } row)
            {
                continue;
            }

            if (row.Info.Servers.Contains(server))
            {
                _audit.Opened(_tenant, server, name);
                opened.Add(new OpenedSecret { Name = name, Value = row.Value });
            }
            else
            {
                _audit.NotGranted(_tenant, server, name);
            }
        }

        return opened;
    }

    private async ValueTask<McpFault?> CheckRoomAsync(string name, CancellationToken cancellationToken)
    {
        if (!Names.Contains(name) && Names.Count >= _options.SecretsMax)
        {
            return new McpFault(FaultReason.LimitExceeded, "The tenant has too many secrets.");
        }

        var tenant = await _activation.Grains.Locate<ITenantGrain>(_activation.Key).DescribeAsync(cancellationToken);
        return tenant.Status is TenantStatus.Active or TenantStatus.Suspended
            ? null
            : new McpFault(FaultReason.NotFound, "There is no such tenant.");
    }

    private SecretInfo Next(SecretInfo? before, SecretWrite write) => new()
    {
        Name = write.Name,
        Version = (before?.Version ?? 0) + (write.Value is null ? 0 : 1),
        UpdatedAt = _activation.Time.GetUtcNow(),
        Servers = [.. (write.Servers ?? before?.Servers ?? []).Distinct()],
    };

    private async ValueTask StoreAsync(SecretRow row, long rowVersion, CancellationToken cancellationToken)
    {
        if (!Names.Contains(row.Info.Name))
        {
            await SetNamesAsync(Names.Append(row.Info.Name), cancellationToken);
        }

        await _rows.WriteAsync(row, rowVersion, cancellationToken);
    }

    private async ValueTask SetNamesAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var before = _state.Value;
        _state.Value = new SecretsState { Names = [.. names.Order(StringComparer.Ordinal)] };
        try
        {
            await _state.WriteAsync(cancellationToken);
        }
        catch
        {
            // A name that did not become durable must not pass for one that did.
            _state.Value = before;
            throw;
        }
    }
}
