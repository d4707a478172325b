using System.Diagnostics.CodeAnalysis;

namespace Smcp.Identity.OAuth;

/// <summary>The key of a grant's grain: <c>tenant/grant</c>.</summary>
public readonly record struct GrantKey(TenantId Tenant, GrantId Grant)
{
    public static GrantKey Parse(string key) =>
        key.Split('/') is [var tenant, var grant]
            ? new GrantKey(TenantId.Parse(tenant), GrantId.Parse(grant))
            : throw new FormatException("Not a valid grant key.");

    /// <summary>
    /// Where the grant of an authorization code or a refresh token is: each says its tenant and grant before its
    /// secret (<c>kind.tenant.grant.secret</c>). Only that grain can say whether the rest is right.
    /// </summary>
    public static bool TryRead([NotNullWhen(true)] string? text, string kind, out GrantKey key)
    {
        const int lengthMax = 256;
        key = default;
        if (text is not { Length: <= lengthMax }
            || text.Split('.') is not [var of, var tenant, var grant, { Length: > 0 }] || of != kind
            || !TenantId.TryParse(tenant, null, out var tenantId) || !GrantId.TryParse(grant, null, out var grantId))
        {
            return false;
        }

        key = new GrantKey(tenantId, grantId);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Grant}";
}
