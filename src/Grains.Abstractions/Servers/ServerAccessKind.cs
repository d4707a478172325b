using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>How a server's policy names those who may reach it.</summary>
[Wire("server-access-kind", 1)]
public enum ServerAccessKind
{
    /// <summary>The principals of the tenant; nobody without a credential.</summary>
    Tenant = 0,

    /// <summary>Everybody, as <see cref="Smcp.Identity.PrincipalId.Anonymous"/> where no credential is shown.</summary>
    Public = 1,

    /// <summary>The principals of the tenant that have one of the named roles.</summary>
    Roles = 2,

    /// <summary>The named principals of the tenant.</summary>
    Named = 3,
}
