using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Security.Audit;
using Smcp.Security.Encryption;

namespace Smcp.Tenants;

/// <summary>
/// A tenant's life and configuration: who may change them, and what becomes of them. For one activation's scheduler,
/// one change at a time.
/// </summary>
internal sealed class TenantLife(
    IActivationContext activation, TenantLog log, Authorizer authorizer, TenantOptions options, AuditOptions audit)
{
    private const int PageMax = 200;

    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such tenant.");
    private static readonly McpFault Stale = new(
        FaultReason.Conflict, "The tenant is of another version than the request expects.");

    private readonly TenantId _tenant = TenantId.Parse(activation.Key);

    private bool IsThere => log.Current.Status is TenantStatus.Active or TenantStatus.Suspended;

    /// <summary>The version in force, for who may read the area of it.</summary>
    public TenantOutcome Read(CallContext context, string area) =>
        authorizer.Administer(context, _tenant, writes: false, area) is { } fault ? TenantOutcome.Refused(fault)
        : log.Current.Status == TenantStatus.None ? TenantOutcome.Refused(Unknown)
        : TenantOutcome.Of(log.Current);

    public async ValueTask<TenantVersionPage> ListAsync(
        CallContext context, long before, int countMax, CancellationToken cancellationToken)
    {
        if (Read(context, AdminAreas.Tenants).Fault is { } fault)
        {
            return new TenantVersionPage { Fault = fault };
        }

        var count = Math.Clamp(countMax, 1, PageMax);
        var end = before <= 0 ? log.Current.Version : Math.Min(before - 1, log.Current.Version);
        var first = Math.Max(0, end - count);
        var versions = end <= 0 ? [] : await log.ReadAsync(first, (int)(end - first), cancellationToken);
        var page = versions.Where(record => record.Version <= end).Reverse().ToList();
        return new TenantVersionPage { Versions = page, Next = page is [.., { Version: > 1 } last] ? last.Version : 0 };
    }

    public async ValueTask<TenantOutcome> ProvisionAsync(
        CallContext context, TenantConfiguration configuration, CancellationToken cancellationToken)
    {
        // To who may not, an id that is taken looks like one that is free.
        var fault = authorizer.Operate(context, context.Tenant, writes: true, AdminAreas.Tenants)
            ?? CheckFree()
            ?? TenantRules.Check(
                new TenantChange(context, _tenant, new TenantConfiguration(), configuration, IsOperator: true),
                options,
                audit.TenantRetentionMin)
            ?? await activation.Grains.Locate<ITenantDirectoryGrain>(ITenantDirectoryGrain.Key)
                .AddAsync(_tenant, cancellationToken);
        if (fault is not null)
        {
            return TenantOutcome.Refused(fault);
        }

        var generation = 1;
        if (log.Current.Status == TenantStatus.Deleted)
        {
            generation = log.Current.Generation + 1;
            await activation.Grains.Locate<IKeyGrain>(IKeyGrain.Key)
                .ProvisionTenantAsync(context, _tenant, cancellationToken);
        }

        return await PutAsync(context, new TenantRecord
        {
            Id = _tenant,
            Status = TenantStatus.Active,
            Generation = generation,
            Configuration = configuration,
        }, cancellationToken);
    }

    public ValueTask<TenantOutcome> ConfigureAsync(
        CallContext context, TenantConfiguration configuration, long? expected, CancellationToken cancellationToken) =>
        ChangeAsync(context, AdminAreas.Tenants, _ => configuration, expected, cancellationToken);

    public async ValueTask<TenantOutcome> RestoreAsync(
        CallContext context, long version, long? expected, CancellationToken cancellationToken)
    {
        if (Read(context, AdminAreas.Tenants).Fault is { } fault)
        {
            return TenantOutcome.Refused(fault);
        }

        var earlier = version >= 1 && version <= log.Current.Version
            && await log.ReadAsync(version - 1, 1, cancellationToken) is [var found]
            ? found
            : null;
        return earlier?.Version == version && earlier.Generation == log.Current.Generation
            ? await ConfigureAsync(context, earlier.Configuration, expected, cancellationToken)
            : TenantOutcome.Refused(new McpFault(FaultReason.NotFound, "There is no such version."));
    }

    public ValueTask<TenantOutcome> PutRoleAsync(
        CallContext context, RoleDefinition role, long? expected, CancellationToken cancellationToken) =>
        ChangeAsync(
            context,
            AdminAreas.Roles,
            now => now with { Roles = [.. now.Roles.Where(other => other.Name != role.Name), role] },
            expected,
            cancellationToken);

    public ValueTask<TenantOutcome> DeleteRoleAsync(
        CallContext context, string role, long? expected, CancellationToken cancellationToken) =>
        ChangeAsync(
            context,
            AdminAreas.Roles,
            now => now.Roles.Any(other => other.Name == role)
                ? now with { Roles = [.. now.Roles.Where(other => other.Name != role)] }
                : null,
            expected,
            cancellationToken);

    /// <summary>Suspends, or resumes; where it stands so already, nothing is changed.</summary>
    public async ValueTask<TenantOutcome> SetStatusAsync(
        CallContext context, TenantStatus status, CancellationToken cancellationToken)
    {
        var fault = authorizer.Operate(context, _tenant, writes: true, AdminAreas.Tenants)
            ?? (IsThere ? null : Unknown)
            ?? (_tenant == TenantId.Platform
                ? new McpFault(FaultReason.Conflict, "The operators' own tenant cannot be suspended.")
                : null);
        if (fault is not null)
        {
            return TenantOutcome.Refused(fault);
        }

        return log.Current.Status == status
            ? TenantOutcome.Of(log.Current)
            : await PutAsync(context, log.Current with { Status = status }, cancellationToken);
    }

    /// <summary>
    /// The status first: from then on nobody is served, and whoever is asked again knows what is left to do.
    /// </summary>
    public async ValueTask<TenantOutcome> DeleteAsync(
        CallContext context, long? expected, CancellationToken cancellationToken)
    {
        var fault = authorizer.Operate(context, _tenant, writes: true, AdminAreas.Tenants)
            ?? (log.Current.Status == TenantStatus.None ? Unknown : null)
            ?? (TenantLog.IsBuiltIn(_tenant)
                ? new McpFault(FaultReason.Conflict, "The built-in tenants cannot be deleted.")
                : null)
            ?? (IsThere ? CheckExpected(expected) : null);
        if (fault is not null)
        {
            return TenantOutcome.Refused(fault);
        }

        if (IsThere)
        {
            var gone = log.Current with { Status = TenantStatus.Deleted, Configuration = new TenantConfiguration() };
            await PutAsync(context, gone, cancellationToken);
        }

        await activation.Grains.Locate<IKeyGrain>(IKeyGrain.Key)
            .DestroyTenantAsync(context, _tenant, cancellationToken);
        await log.TrimAsync(1, cancellationToken);
        return TenantOutcome.Of(log.Current);
    }

    private async ValueTask<TenantOutcome> ChangeAsync(
        CallContext context,
        string area,
        Func<TenantConfiguration, TenantConfiguration?> change,
        long? expected,
        CancellationToken cancellationToken)
    {
        var refusal = authorizer.Administer(context, _tenant, writes: true, area)
            ?? (IsThere ? null : Unknown)
            ?? CheckExpected(expected);
        if (refusal is not null)
        {
            return TenantOutcome.Refused(refusal);
        }

        var before = log.Current.Configuration;
        if (change(before) is not { } after)
        {
            return TenantOutcome.Refused(new McpFault(FaultReason.NotFound, "There is no such role."));
        }

        var asked = new TenantChange(context, _tenant, before, after, AccessRules.IsOperator(context, area));
        var fault = TenantRules.Check(asked, options, audit.TenantRetentionMin)
            ?? (TenantRules.ChangesRoles(asked)
                ? authorizer.Administer(context, _tenant, writes: true, AdminAreas.Roles)
                : null);
        return fault is not null
            ? TenantOutcome.Refused(fault)
            : await PutAsync(context, log.Current with { Configuration = after }, cancellationToken);
    }

    private McpFault? CheckExpected(long? expected) =>
        expected is { } version && version != log.Current.Version ? Stale : null;

    private McpFault? CheckFree() => log.Current switch
    {
        { Status: TenantStatus.None } => null,
        { Status: TenantStatus.Deleted, At: { } at } =>
            activation.Time.GetUtcNow() - at >= options.RestAfterDeletion
                ? null
                : new McpFault(FaultReason.Conflict, "The tenant was deleted; its id is not free yet."),
        _ => new McpFault(FaultReason.Conflict, "The tenant exists already."),
    };

    private async ValueTask<TenantOutcome> PutAsync(
        CallContext context, TenantRecord next, CancellationToken cancellationToken)
    {
        var record = next with
        {
            Version = log.Current.Version + 1,
            At = activation.Time.GetUtcNow(),
            By = $"{context.Tenant}/{context.Principal}",
        };
        try
        {
            await log.AppendAsync(record, cancellationToken);
        }
        catch
        {
            // Whether it stands in the log is not known here: the next activation reads it.
            activation.Deactivate();
            throw;
        }

        await log.TrimAsync(options.VersionsMax, cancellationToken);
        return TenantOutcome.Of(record);
    }
}
