using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>Who may ask for what of the keys.</summary>
internal class EncryptionGrain(IActivationContext activation, Authorizer authorizer) : IEncryptionGrain
{
    private IKeyGrain Keys => activation.Grains.Locate<IKeyGrain>(IKeyGrain.Key);

    public async ValueTask<EncryptionOutcome> StatusAsync(CallContext context, CancellationToken cancellationToken) =>
        Operate(context, writes: false) is { } fault
            ? new EncryptionOutcome { Fault = fault }
            : new EncryptionOutcome { Status = await Keys.StatusAsync(context, cancellationToken) };

    public async ValueTask<EncryptionOutcome> DescribeAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken) =>
        authorizer.Administer(context, tenant, writes: false, AdminAreas.Encryption) is { } fault
            ? new EncryptionOutcome { Fault = fault }
            : new EncryptionOutcome { Tenant = await Keys.DescribeAsync(context, tenant, cancellationToken) };

    public async ValueTask<EncryptionOutcome> RotateMasterAsync(
        CallContext context, CancellationToken cancellationToken)
    {
        if (Operate(context, writes: true) is { } fault)
        {
            return new EncryptionOutcome { Fault = fault };
        }

        await Keys.RotateMasterAsync(context, cancellationToken);
        return new EncryptionOutcome { Status = await Keys.StatusAsync(context, cancellationToken) };
    }

    public async ValueTask<EncryptionOutcome> RotateTenantAsync(
        CallContext context, TenantId tenant, CancellationToken cancellationToken)
    {
        if (authorizer.Administer(context, tenant, writes: true, AdminAreas.Encryption) is { } fault)
        {
            return new EncryptionOutcome { Fault = fault };
        }

        return await Keys.RotateTenantAsync(context, tenant, cancellationToken)
            ? new EncryptionOutcome { Tenant = await Keys.DescribeAsync(context, tenant, cancellationToken) }
            : new EncryptionOutcome
            {
                Fault = new McpFault(FaultReason.Conflict, "The tenant's keys were destroyed, or there are none yet."),
            };
    }

    private McpFault? Operate(CallContext context, bool writes) =>
        authorizer.Operate(context, context.Tenant, writes, AdminAreas.Encryption);
}
