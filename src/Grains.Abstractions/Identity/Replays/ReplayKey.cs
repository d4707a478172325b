namespace Smcp.Identity.Replays;

/// <summary>The key of a caller's replays: <c>tenant/principal</c>.</summary>
public readonly record struct ReplayKey(TenantId Tenant, PrincipalId Principal)
{
    public static ReplayKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 2
            ? new ReplayKey(TenantId.Parse(parts[0]), PrincipalId.Parse(parts[1]))
            : throw new FormatException("Not a valid replay key.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Principal}";
}
