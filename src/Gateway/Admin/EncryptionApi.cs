using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Security.Encryption;

namespace Smcp.Admin;

/// <summary>The keys that everything stored is encrypted with.</summary>
internal sealed class EncryptionApi : IAdminResource
{
    public IEnumerable<AdminRoute> Routes =>
    [
        new("GET", "/encryption", "readEncryption", "How the keys stand; for operators.", async exchange =>
            Answer(await Grain(exchange).StatusAsync(exchange.Context, exchange.Cancellation)))
        {
            Answer = typeof(KeyStatus),
        },
        new("POST", "/encryption/rotate", "rotateMasterKey", "Adds a version of the master key; for operators.",
            async exchange => Answer(await Grain(exchange).RotateMasterAsync(exchange.Context, exchange.Cancellation)))
        {
            Answer = typeof(KeyStatus),
            Action = AuditActions.MasterKeyRotated,
            Right = AdminRight.ToOperate(AdminAreas.Encryption),
        },
        new("GET", "/tenants/{tenant}/encryption", "readTenantEncryption", "How a tenant's keys stand.",
            async exchange => Answer(await Grain(exchange).DescribeAsync(
                exchange.Context, exchange.Tenant, exchange.Cancellation)))
        {
            Answer = typeof(TenantKeys),
            OutlivesTenant = true,
        },
        new("POST", "/tenants/{tenant}/encryption/rotate", "rotateTenantKey", "Gives a tenant a new data key.",
            async exchange => Answer(await Grain(exchange).RotateTenantAsync(
                exchange.Context, exchange.Tenant, exchange.Cancellation)))
        {
            Answer = typeof(TenantKeys),
            Action = AuditActions.DataKeyCreated,
            Right = AdminRight.ToChange(AdminAreas.Encryption),
        },
    ];

    private static IEncryptionGrain Grain(AdminExchange exchange) =>
        exchange.Grains.Locate<IEncryptionGrain>(IEncryptionGrain.Key);

    private static AdminAnswer Answer(EncryptionOutcome outcome) =>
        outcome.Fault is { } fault ? AdminAnswer.Refused(fault)
        : AdminAnswer.Ok((object?)outcome.Tenant ?? outcome.Status!);
}
