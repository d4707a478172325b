using System.Net;
using System.Net.Sockets;
using Smcp.Identity;
using Smcp.Identity.Federation;
using Smcp.Identity.OAuth.Clients;
using Smcp.Mcp;
using Smcp.Security.Access;

namespace Smcp.Tenants;

/// <summary>What a configuration may say, and what of it who may change. Pure.</summary>
internal static class TenantRules
{
    private const int NameLengthMax = 100;
    private const int DescriptionLengthMax = 200;
    private const int PermissionsMax = 128;
    private const int ButtonLengthMax = 60;

    private static readonly TimeSpan RetentionMax = TimeSpan.FromDays(3_660);

    /// <summary>Null, or why the configuration may not be changed so.</summary>
    /// <param name="change">What is asked for.</param>
    /// <param name="options">The limits of a tenant.</param>
    /// <param name="retentionMin">The shortest term of its audit log.</param>
    public static McpFault? Check(TenantChange change, TenantOptions options, TimeSpan retentionMin)
    {
        var (before, after) = (change.Before, change.After);
        if (HoldsNull(after))
        {
            return Invalid("A list of the configuration holds null.");
        }

        if (after.DisplayName is { } name && (name.Length == 0 || !ClientNames.IsPlain(name, NameLengthMax)))
        {
            return Invalid($"A display name has 1 to {NameLengthMax} characters, none of them hidden.");
        }

        // It stands on the button by which people log in.
        if (after.Federation is { } provider && !ClientNames.IsPlain(provider.DisplayName, ButtonLengthMax))
        {
            return Invalid($"A provider's name has 1 to {ButtonLengthMax} characters, none of them hidden.");
        }

        if (!TierQuotas.Names.Contains(after.Tier))
        {
            return Invalid($"A tier is one of {string.Join(", ", TierQuotas.Names)}.");
        }

        if (!change.IsOperator && (after.Tier != before.Tier || after.Quotas != before.Quotas))
        {
            return new McpFault(FaultReason.Forbidden, "Tier and quotas are the operators' to set.");
        }

        if (TierQuotas.ValuesOf(after.Quotas).Any(value => value < 0))
        {
            return Invalid("A quota is 0 or more.");
        }

        // One of before that is shorter now is no reason to refuse a change of something else: it is held as the least.
        if (after.AuditRetention is { } held && held != before.AuditRetention
            && (held < retentionMin || held > RetentionMax))
        {
            return Invalid($"Audit records are held {retentionMin.TotalDays} to {RetentionMax.TotalDays} days.");
        }

        return CheckNetwork(after.Network, options) ?? CheckRoles(change, options) ?? CheckFederation(change);
    }

    /// <summary>
    /// Whether roles are made, changed or removed, by whichever way: it takes the right to. Their order means nothing.
    /// </summary>
    public static bool ChangesRoles(TenantChange change)
    {
        var after = change.After.Roles.ToDictionary(role => role.Name);
        return after.Count != change.Before.Roles.Count || !change.Before.Roles.All(role =>
            after.TryGetValue(role.Name, out var other)
            && role.Description == other.Description && role.Permissions.SequenceEqual(other.Permissions));
    }

    /// <summary>Whom a provider lets in gets roles: so nobody may say which, who may not give them.</summary>
    private static McpFault? CheckFederation(TenantChange change)
    {
        var before = change.Before.Federation;
        if (change.After.Federation is not { } federation)
        {
            return null;
        }

        if (!Uri.TryCreate(federation.Issuer, UriKind.Absolute, out var issuer) || issuer.Scheme != Uri.UriSchemeHttps
            || federation.ClientId.Length is 0 or > NameLengthMax * 4
            || federation.DisplayName.Length is 0 or > ButtonLengthMax || federation.DisplayName.Any(char.IsControl))
        {
            return Invalid("A provider has an https issuer, a client id, and a display name of 1 to 60 characters.");
        }

        // Whom a role goes to hangs on all of it: the issuer, the claim, the map, the domains. Only what stays as it
        // was but for its name gives nothing to anybody.
        if (before is not null && IsSame(before, federation))
        {
            return null;
        }

        foreach (var name in RolesOf(federation))
        {
            if (RoleResolver.Find(change.Tenant, change.After, name) is not { } role)
            {
                return Invalid("The provider's users are given a role that the tenant has not.");
            }

            if (!change.IsOperator && !AccessRules.MayGive(change.Caller, role))
            {
                return new McpFault(
                    FaultReason.Forbidden, $"The role '{name}' permits more than the caller may do.");
            }
        }

        return null;
    }

    private static bool IsSame(TenantFederation before, TenantFederation after) =>
        before.Issuer == after.Issuer
        && before.ClientId == after.ClientId
        && before.RoleClaim == after.RoleClaim
        && before.Scopes.SequenceEqual(after.Scopes)
        && before.EmailDomains.SequenceEqual(after.EmailDomains)
        && before.DefaultRoles.SequenceEqual(after.DefaultRoles)
        && before.RoleMap.Count == after.RoleMap.Count
        && before.RoleMap.All(pair => after.RoleMap.TryGetValue(pair.Key, out var role) && role == pair.Value);

    /// <summary>Types say that no list does; what is read from JSON may nevertheless.</summary>
    private static bool HoldsNull(TenantConfiguration configuration)
    {
        var network = configuration.Network;
        var federation = configuration.Federation;
        IEnumerable<IEnumerable<object?>> lists =
        [
            configuration.Roles, network.Allow, network.Deny, network.AllowCountries, network.DenyCountries,
            federation?.Scopes ?? [],
            federation?.EmailDomains ?? [], federation?.DefaultRoles ?? [], federation?.RoleMap.Values ?? [],
        ];
        return lists.Any(list => list.Contains(null));
    }

    private static IEnumerable<string> RolesOf(TenantFederation federation) =>
        federation.RoleMap.Values.Concat(federation.DefaultRoles).Distinct();

    private static McpFault? CheckRoles(TenantChange change, TenantOptions options)
    {
        var after = change.After.Roles;
        if (after.Count > options.RolesMax)
        {
            return Invalid($"A tenant has at most {options.RolesMax} roles of its own.");
        }

        if (after.DistinctBy(role => role.Name).Count() != after.Count)
        {
            return Invalid("Two roles have one name.");
        }

        foreach (var role in after)
        {
            var fault = CheckRole(role) ?? (change.IsOperator ? null : CheckGrant(change, role));
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static McpFault? CheckRole(RoleDefinition role)
    {
        // The form of a tenant's id is that of a role's name.
        if (!TenantId.TryParse(role.Name, null, out _))
        {
            return Invalid("A role's name is 1 to 63 of a-z, 0-9 and hyphen.");
        }

        if (role.Name == BuiltInRoles.Operator.Name || BuiltInRoles.All.Any(builtIn => builtIn.Name == role.Name))
        {
            return Invalid($"The name '{role.Name}' is a built-in role's.");
        }

        if (role.Permissions is not { Count: >= 1 and <= PermissionsMax })
        {
            return Invalid($"A role has 1 to {PermissionsMax} permissions.");
        }

        if (role.Permissions.Any(permission => !IsOfTenant(permission.ToString())))
        {
            return Invalid("A tenant's own role permits actions of mcp and admin only.");
        }

        return role.Description is { Length: > DescriptionLengthMax }
            ? Invalid($"A role's description has at most {DescriptionLengthMax} characters.")
            : null;
    }

    /// <summary>Nobody gives, in a role that they might have themselves, what they have not.</summary>
    private static McpFault? CheckGrant(TenantChange change, RoleDefinition role)
    {
        var known = change.Before.Roles.FirstOrDefault(other => other.Name == role.Name)?.Permissions ?? [];
        return role.Permissions.Except(known).All(wanted =>
            change.Caller.Permissions.Any(held => Permission.CoversAllOf(held, wanted.ToString())))
            ? null
            : new McpFault(FaultReason.Forbidden, $"The role '{role.Name}' would permit more than the caller may do.");
    }

    private static McpFault? CheckNetwork(TenantNetwork network, TenantOptions options)
    {
        var countries = network.AllowCountries.Concat(network.DenyCountries).ToList();
        var networks = network.Allow.Concat(network.Deny).ToList();
        if (countries.Count + networks.Count > options.NetworkEntriesMax)
        {
            return Invalid($"Networks and countries have at most {options.NetworkEntriesMax} entries together.");
        }

        if (countries.Exists(code => code is not { Length: 2 } || !code.All(char.IsAsciiLetter)))
        {
            return Invalid("A country is the two letters of ISO 3166-1.");
        }

        return networks.Exists(text => !IsNetwork(text))
            ? Invalid("A network is an address or CIDR notation, with no bits set beyond the prefix.")
            : null;
    }

    /// <summary>In one spelling only: a gateway that read it otherwise would let nobody in.</summary>
    private static bool IsNetwork(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address)
            && !text.Contains('%', StringComparison.Ordinal)
            && (address.AddressFamily == AddressFamily.InterNetworkV6
                || text.AsSpan().StartsWith(address.ToString()))
            && (slash < 0 || (IPNetwork.TryParse(text, out var network) && network.BaseAddress.Equals(address)));
    }

    private static bool IsOfTenant(string permission) =>
        permission.StartsWith("mcp.", StringComparison.Ordinal)
        || permission.StartsWith("admin.", StringComparison.Ordinal);

    private static McpFault Invalid(string message) => new(FaultReason.InvalidParams, message);
}
