using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Tenants;

namespace Smcp.Admin;

/// <summary>Tenants: their life, their configuration and its versions.</summary>
internal sealed class TenantsApi : IAdminResource
{
    private const string One = "/tenants/{tenant}";
    private const string Configuration = One + "/configuration";

    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", "/tenants", "listTenants", "The tenants of the installation; for operators.", ListAsync)
        {
            Answer = typeof(Paged<TenantEntry>),
            IsPaged = true,
        },
        new("POST", "/tenants", "provisionTenant", "Begins a tenant; for operators.", ProvisionAsync)
        {
            Body = typeof(TenantCreation),
            Answer = typeof(TenantRecord),
            Status = StatusCodes.Status201Created,
            Action = AuditActions.TenantCreated,
            Right = AdminRight.ToOperate(AdminAreas.Tenants),
        },
        new("GET", One, "readTenant", "A tenant, as its newest version says it.", ReadAsync)
        {
            Answer = typeof(TenantRecord),
            OutlivesTenant = true,
        },
        new("DELETE", One, "deleteTenant", "Ends a tenant and destroys its keys, for good; for operators.", DeleteAsync)
        {
            Status = StatusCodes.Status204NoContent,
            Action = AuditActions.TenantDeleted,
            Right = AdminRight.ToOperate(AdminAreas.Tenants),
            IsUrgent = true,
            NeedsVersion = true,
            OutlivesTenant = true,
        },
        new("POST", One + "/suspend", "suspendTenant", "Serves nobody of the tenant; for operators.", SuspendAsync)
        {
            Answer = typeof(TenantRecord),
            Action = AuditActions.TenantSuspended,
            Right = AdminRight.ToOperate(AdminAreas.Tenants),
            IsUrgent = true,
        },
        new("POST", One + "/resume", "resumeTenant", "Ends a suspension; for operators.", ResumeAsync)
        {
            Answer = typeof(TenantRecord),
            Action = AuditActions.TenantResumed,
            Right = AdminRight.ToOperate(AdminAreas.Tenants),
        },
        new("GET", Configuration, "readConfiguration", "The configuration in force.", ReadConfigurationAsync)
        {
            Answer = typeof(TenantConfiguration),
        },
        new("PUT", Configuration, "putConfiguration", "Replaces the whole configuration.", ConfigureAsync)
        {
            Body = typeof(TenantConfiguration),
            Answer = typeof(TenantConfiguration),
            Action = AuditActions.ConfigChanged,
            Right = AdminRight.ToChange(AdminAreas.Tenants),
            NeedsVersion = true,
        },
        new("PATCH", Configuration, "patchConfiguration", "Changes some of it (RFC 7396).", PatchAsync)
        {
            Body = typeof(JsonObject),
            Answer = typeof(TenantConfiguration),
            Action = AuditActions.ConfigChanged,
            Right = AdminRight.ToChange(AdminAreas.Tenants),
        },
        new("GET", One + "/versions", "listVersions", "The versions of a tenant, the newest first.", ListVersionsAsync)
        {
            Answer = typeof(Paged<TenantRecord>),
            IsPaged = true,
            OutlivesTenant = true,
        },
        new("POST", One + "/versions/{version}/restore", "restoreVersion",
            "Puts the configuration of a version in force again, as a new version.", RestoreAsync)
        {
            Answer = typeof(TenantConfiguration),
            Action = AuditActions.ConfigChanged,
            Right = AdminRight.ToChange(AdminAreas.Tenants),
        },
    ];

    private static async ValueTask<AdminAnswer> ListAsync(AdminExchange exchange)
    {
        var page = await exchange.Grains.Locate<ITenantDirectoryGrain>(ITenantDirectoryGrain.Key)
            .ListAsync(exchange.Context, exchange.After, exchange.Limit, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<TenantEntry>(page.Tenants, page.Next));
    }

    private static async ValueTask<AdminAnswer> ProvisionAsync(AdminExchange exchange)
    {
        var asked = exchange.BodyOf<TenantCreation>();
        exchange.Tenant = asked.Id;
        var outcome = await exchange.Of<ITenantGrain>()
            .ProvisionAsync(exchange.Context, asked.Configuration, exchange.Cancellation);
        return outcome.Tenant is { } tenant
            ? AdminAnswer.Created(tenant, $"/tenants/{tenant.Id}") with { Version = tenant.Version }
            : AdminAnswer.Refused(outcome.Fault!);
    }

    private static async ValueTask<AdminAnswer> ReadAsync(AdminExchange exchange) =>
        Answer(await exchange.Of<ITenantGrain>().ReadAsync(exchange.Context, exchange.Cancellation));

    private static async ValueTask<AdminAnswer> DeleteAsync(AdminExchange exchange)
    {
        var outcome = await exchange.Of<ITenantGrain>()
            .DeleteAsync(exchange.Context, exchange.Expected, exchange.Cancellation);
        return outcome.Fault is { } fault ? AdminAnswer.Refused(fault) : AdminAnswer.Done;
    }

    private static async ValueTask<AdminAnswer> SuspendAsync(AdminExchange exchange) =>
        Answer(await exchange.Of<ITenantGrain>().SuspendAsync(exchange.Context, exchange.Cancellation));

    private static async ValueTask<AdminAnswer> ResumeAsync(AdminExchange exchange) =>
        Answer(await exchange.Of<ITenantGrain>().ResumeAsync(exchange.Context, exchange.Cancellation));

    private static async ValueTask<AdminAnswer> ReadConfigurationAsync(AdminExchange exchange) =>
        OfConfiguration(await exchange.Of<ITenantGrain>().ReadAsync(exchange.Context, exchange.Cancellation));

    private static async ValueTask<AdminAnswer> ConfigureAsync(AdminExchange exchange) =>
        OfConfiguration(await exchange.Of<ITenantGrain>().ConfigureAsync(
            exchange.Context, exchange.BodyOf<TenantConfiguration>(), exchange.Expected, exchange.Cancellation));

    /// <summary>A patch is of the version that it was worked out on, whether the request names one or not.</summary>
    private static async ValueTask<AdminAnswer> PatchAsync(AdminExchange exchange)
    {
        var grain = exchange.Of<ITenantGrain>();
        var read = await grain.ReadAsync(exchange.Context, exchange.Cancellation);
        if (read.Tenant is not { } tenant)
        {
            return AdminAnswer.Refused(read.Fault!);
        }

        var before = JsonSerializer.SerializeToNode(tenant.Configuration, AdminJson.Options);
        TenantConfiguration? after;
        try
        {
            after = MergePatch.Apply(before, exchange.BodyOf<JsonObject>())
                .Deserialize<TenantConfiguration>(AdminJson.Options);
        }
        catch (JsonException exception)
        {
            return AdminAnswer.Invalid($"The patched configuration cannot be read at {exception.Path ?? "$"}.");
        }

        return OfConfiguration(await grain.ConfigureAsync(
            exchange.Context, after!, exchange.Expected ?? tenant.Version, exchange.Cancellation));
    }

    private static async ValueTask<AdminAnswer> ListVersionsAsync(AdminExchange exchange)
    {
        var before = long.TryParse(exchange.After, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var page = await exchange.Of<ITenantGrain>()
            .ListVersionsAsync(exchange.Context, before, exchange.Limit, exchange.Cancellation);
        return page.Fault is { } fault
            ? AdminAnswer.Refused(fault)
            : AdminAnswer.Ok(new Paged<TenantRecord>(
                page.Versions, page.Next == 0 ? null : page.Next.ToString(CultureInfo.InvariantCulture)));
    }

    private static async ValueTask<AdminAnswer> RestoreAsync(AdminExchange exchange) =>
        long.TryParse(exchange.Value("version"), CultureInfo.InvariantCulture, out var version)
            ? OfConfiguration(await exchange.Of<ITenantGrain>().RestoreAsync(
                exchange.Context, version, exchange.Expected, exchange.Cancellation))
            : AdminAnswer.NotFound;

    private static AdminAnswer Answer(TenantOutcome outcome) => outcome.Tenant is { } tenant
        ? AdminAnswer.Ok(tenant, tenant.Version)
        : AdminAnswer.Refused(outcome.Fault!);

    private static AdminAnswer OfConfiguration(TenantOutcome outcome) => outcome.Tenant is { } tenant
        ? AdminAnswer.Ok(tenant.Configuration, tenant.Version)
        : AdminAnswer.Refused(outcome.Fault!);
}
