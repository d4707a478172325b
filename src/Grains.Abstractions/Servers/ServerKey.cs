using Smcp.Identity;

namespace Smcp.Servers;

/// <summary>The key of a server grain: <c>tenant/server</c>.</summary>
public readonly record struct ServerKey(TenantId Tenant, ServerId Server)
{
    public static ServerKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 2
            ? new ServerKey(TenantId.Parse(parts[0]), ServerId.Parse(parts[1]))
            : throw new FormatException("Not a valid server key.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Server}";
}
