using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Sessions;

/// <summary>
/// The key of a session grain: <c>tenant/server/session</c>. Ids have no slash, so no two name one key.
/// </summary>
public readonly record struct SessionKey(TenantId Tenant, ServerId Server, SessionId Session)
{
    public static SessionKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 3
            ? new SessionKey(TenantId.Parse(parts[0]), ServerId.Parse(parts[1]), SessionId.Parse(parts[2]))
            : throw new FormatException("Not a valid session key.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Server}/{Session}";
}
