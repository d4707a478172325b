using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>
/// The key of a connection: <c>tenant/server/principal</c>, where the principal is <c>-</c> for the one of the server
/// itself.
/// </summary>
public readonly record struct ConnectionKey(TenantId Tenant, ServerId Server, PrincipalId? Principal)
{
    /// <summary>Whose the server's own connection is, where a principal would be named.</summary>
    public const string OfServer = "-";

    /// <summary>The server that it leads to.</summary>
    public ServerKey ServerKey => new(Tenant, Server);

    /// <summary>The principal, or the sign for the server itself.</summary>
    public string Owner => Principal?.ToString() ?? OfServer;

    /// <param name="tenant">The tenant.</param>
    /// <param name="server">The server that it leads to.</param>
    /// <param name="owner">The principal, or the sign for the server itself.</param>
    public static ConnectionKey Of(TenantId tenant, ServerId server, string owner) =>
        new(tenant, server, owner == OfServer ? null : PrincipalId.Parse(owner));

    public static ConnectionKey Parse(string key)
    {
        var parts = key.Split('/');
        return parts.Length == 3
            ? Of(TenantId.Parse(parts[0]), ServerId.Parse(parts[1]), parts[2])
            : throw new FormatException("Not a valid connection key.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Server}/{Owner}";
}
