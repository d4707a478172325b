using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Tenants;

namespace Smcp.Identity.Keys;

/// <summary>What a key that is asked for must be like.</summary>
internal static class ApiKeyRules
{
    private const int NameLengthMax = 100;

    /// <summary>Null, or why the key cannot be made.</summary>
    public static McpFault? Check(
        CallContext maker,
        TenantId tenant,
        TenantConfiguration configuration,
        ApiKeyRequest request,
        ApiKeyOptions options)
    {
        if (request.Name is not { Length: >= 1 and <= NameLengthMax } name || name.Any(char.IsControl))
        {
            return Invalid($"A key has a name of 1 to {NameLengthMax} characters.");
        }

        if (request.Scopes.Count == 0 || request.Scopes.FirstOrDefault(s => !McpScopes.All.Contains(s)) is not null)
        {
            return Invalid($"A key has one or more of the scopes {string.Join(", ", McpScopes.All)}.");
        }

        if (request.Lifetime is { } lifetime && (lifetime <= TimeSpan.Zero || lifetime > options.LifetimeMax))
        {
            return Invalid($"A key lives at most {options.LifetimeMax.TotalDays} days.");
        }

        return CheckRoles(maker, tenant, configuration, request.Roles);
    }

    private static McpFault? CheckRoles(
        CallContext maker, TenantId tenant, TenantConfiguration configuration, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return Invalid("A key has one or more roles.");
        }

        foreach (var name in names)
        {
            if (RoleResolver.Find(tenant, configuration, name) is not { } role)
            {
                return Invalid("The tenant has no such role.");
            }

            if (!AccessRules.MayGive(maker, role))
            {
                return new McpFault(FaultReason.Forbidden, "A key may not be given more than its maker may do.");
            }
        }

        return null;
    }

    private static McpFault Invalid(string message) => new(FaultReason.InvalidParams, message);
}
