namespace Smcp.Identity;

/// <summary>The key of an API key's grain: <c>tenant/keyId</c>.</summary>
public readonly record struct ApiKeyAddress(TenantId Tenant, string KeyId)
{
    public static ApiKeyAddress Parse(string key)
    {
        var parts = key.Split('/');
        return parts is [var tenant, var id] && IdText.IsToken(id, 32)
            ? new ApiKeyAddress(TenantId.Parse(tenant), id)
            : throw new FormatException("Not a valid API key address.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{KeyId}";
}
