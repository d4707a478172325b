namespace Smcp.Identity.Users;

/// <summary>The key of a user's grain: <c>tenant/user</c>.</summary>
public readonly record struct UserKey(TenantId Tenant, UserId User)
{
    public static UserKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 2
            ? new UserKey(TenantId.Parse(parts[0]), UserId.Parse(parts[1]))
            : throw new FormatException("Not a valid user key.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{User}";
}
